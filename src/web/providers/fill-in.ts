/** Setup steps before a URL and a secret are known, or where they are not shown: both by name. */
export function fillIn(setup: string): string {
  return setup.replace(/`?\{\{(url|secret)\}\}`?/g, (_whole, what) => (what === 'url' ? 'the URL' : 'the secret'));
}
