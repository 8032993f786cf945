/** Stands where content will be, once waiting for it takes long enough to be noticed. */
export function Skeleton({ rows = 3, label }: { readonly rows?: number; readonly label: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} />
      ))}
    </div>
  );
}
