/** Milliseconds from one moment to another, as a sender writes them; nothing where one is missing. */
export function took(from: string | undefined, to: string | undefined): { readonly took?: number } {
  const milliseconds = Date.parse(to ?? '') - Date.parse(from ?? '');
  return Number.isNaN(milliseconds) || milliseconds < 0 ? {} : { took: milliseconds };
}
