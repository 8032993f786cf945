/** The cursor of the next page: given where this one is full. */
export function nextOf(page: readonly { readonly id: string }[], limit: number): { readonly next?: string } {
  const last = page.at(-1);
  return page.length === limit && last ? { next: last.id } : {};
}
