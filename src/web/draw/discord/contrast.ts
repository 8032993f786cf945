/** What cannot be styled from outside and is too pale to be read by everybody, by its element. */
const STYLES: Readonly<Record<string, string>> = {
  'discord-message':
    ':host .discord-message-timestamp.discord-message-timestamp { color: light-dark(#5c5e66, #a3a6aa); }',
};

/** Darkens texts of the library's elements, before any of them is made. */
export function addContrast(): void {
  for (const [name, text] of Object.entries(STYLES)) {
    const element = customElements.get(name);
    // Where the library keeps its styles elsewhere one day, they stay as they are.
    if (!element || !('elementStyles' in element) || !Array.isArray(element.elementStyles)) continue;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    element.elementStyles.push(sheet);
  }
}
