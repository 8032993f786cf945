const ACRONYMS = /\b(?:id|ip|url|api|cpu|ssl|tls|dns|http|https|os|ci|pr|sha|uuid|vm|db|sql|io|ui|sla|eta|cve)\b/gi;

/** A program's name for something as people would write it: `pullRequest.head_ref` is "pull request head ref". */
export function humanize(name: string): string {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[_\-.:/\s]+/g, ' ')
    .trim()
    .replace(/\p{Lu}\p{Ll}+/gu, (word) => word.toLowerCase())
    .replace(ACRONYMS, (word) => word.toUpperCase());
}

/** The same as the name of a field. */
export function humanizeLabel(name: string): string {
  return humanize(name).replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
