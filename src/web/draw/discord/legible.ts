import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js';

// The library's grey for the time of a message is too faint to be read by everybody, and stands where no style of the page reaches.
const legible = new CSSStyleSheet();
legible.replaceSync('.discord-message-timestamp, .discord-message-edited { color: var(--discord-muted) !important; }');
DiscordMessage.elementStyles.push(legible);
