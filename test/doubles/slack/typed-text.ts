import type { Workspace } from './workspace.ts';

/** Text as Slack sends it: three characters escaped. */
export const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Text with channels, people and addresses as a command with `should_escape` gets them. */
export function escapeNames(workspace: Workspace, text: string): string {
  return text
    .replace(/(?<!\S)#([\w-]+)/g, (typed, name) =>
      workspace.channelOf(name) ? `<#${workspace.channelOf(name)?.id}|${name}>` : typed,
    )
    .replace(/(?<!\S)@([\w-]+)/g, (typed, name) =>
      workspace.userOf(name) ? `<@${workspace.userOf(name)?.id}|${name}>` : typed,
    )
    .replace(/(?<!\S)https?:\/\/\S+/g, '<$&>');
}
