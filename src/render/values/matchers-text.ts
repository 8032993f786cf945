/** Labels as Alertmanager and PromQL match them: `{alertname="DiskFull",path="D:\\"}`; nothing without any. */
export function matchersText(labels: ReadonlyMap<string, string>): string {
  if (labels.size === 0) return '';
  return `{${Array.from(labels, ([name, value]) => `${nameText(name)}=${quoted(value)}`).join(',')}}`;
}

/** Names of letters, digits and underscores stand as they are; every other is quoted like a value. */
function nameText(name: string): string {
  return /^[a-z_]\w*$/i.test(name) ? name : quoted(name);
}

function quoted(value: string): string {
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
