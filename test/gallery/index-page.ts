import type { Shot } from './shoot.ts';

/** A page with every picture beside its provider and sample. */
export function toIndexPage(shots: readonly Shot[]): string {
  const providers = [...Map.groupBy(shots, ({ title }) => title)];
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gallery of messages</title>
<style>
  body { margin: 2rem; font: 15px/1.5 system-ui, sans-serif; }
  .pictures { display: flex; flex-wrap: wrap; gap: 1rem; align-items: start; }
  img { max-width: min(560px, 100%); border: 1px solid #8884; }
</style>
<h1>Gallery of messages</h1>
<nav><ul>${providers.map(([title]) => `<li><a href="#${escapeHtml(title)}">${escapeHtml(title)}</a></li>`).join('')}</ul></nav>
${providers.map(([title, some]) => `<h2 id="${escapeHtml(title)}">${escapeHtml(title)}</h2>\n${toSamples(some)}`).join('\n')}
</html>
`;
}

function toSamples(shots: readonly Shot[]): string {
  return [...Map.groupBy(shots, ({ sample }) => sample)]
    .map(([sample, pictures]) => {
      const rows = [...Map.groupBy(pictures, ({ colorScheme }) => colorScheme).values()].map(toRow);
      const template = escapeHtml(pictures[0]?.template ?? '');
      return [`<h3>${escapeHtml(sample)}</h3>`, `<p><code>${template}</code></p>`, ...rows].join('\n');
    })
    .join('\n');
}

function toRow(pictures: readonly Shot[]): string {
  return `<div class="pictures">${pictures.map(toPicture).join('')}</div>`;
}

function toPicture({ sample, look, colorScheme, file }: Shot): string {
  const alt = `${sample} on ${look}, ${colorScheme}`;
  return `<img src="${escapeHtml(encodeURIComponent(file))}" alt="${escapeHtml(alt)}" loading="lazy">`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
