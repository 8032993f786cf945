import type { Action, CommandAction } from '../../../core/message/message.ts';
import { safeUrl } from '../../kit/safe-url.ts';
import { findAction } from '../find-action.ts';
import { type Loose, listOf, objectOf, textOf } from '../read.ts';

/** https://discord.com/developers/docs/components/reference#button-button-styles */
const STYLES: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'destructive',
  5: 'secondary',
};
const [ROW, BUTTON, SELECT] = [1, 2, 3];

export interface DiscordComponentsProps {
  readonly components: unknown;
  readonly actions: readonly Action[];
  readonly onAction: ((action: CommandAction) => void) | undefined;
}

/** Rows of buttons and menus. The library's menu can only be looked at, so menus are the browser's own. */
export function DiscordComponents({ components, actions, onAction }: DiscordComponentsProps) {
  const rows = listOf(components).filter(({ type }) => type === ROW);
  if (rows.length === 0) return null;
  return (
    <discord-attachments slot="components">
      {rows.map((row, index) => (
        <discord-action-row key={index}>{listOf(row.components).map(draw)}</discord-action-row>
      ))}
    </discord-attachments>
  );

  function draw(component: Loose, key: number) {
    if (component.type === BUTTON) return drawButton(component, key);
    return component.type === SELECT ? drawSelect(component, key) : null;
  }

  function drawButton(component: Loose, key: number) {
    const url = safeUrl(component.url);
    const label = textOf(component.label) || textOf(objectOf(component.emoji).name);
    const action = findAction(actions, { label, url, token: textOf(component.custom_id) });
    const usable = Boolean(url) || Boolean(action && onAction);
    return (
      <discord-button
        key={key}
        type={STYLES[Number(component.style)] ?? 'secondary'}
        url={url}
        disabled={component.disabled === true || !usable}
        onClick={() => action && onAction?.(action)}
      >
        {label}
      </discord-button>
    );
  }

  function drawSelect(component: Loose, key: number) {
    const placeholder = textOf(component.placeholder) || 'Make a selection';
    return (
      <select
        key={key}
        class="discord-select"
        aria-label={placeholder}
        disabled={!onAction}
        value=""
        onChange={({ currentTarget }) => {
          const action = chosen(component, currentTarget.value);
          currentTarget.value = '';
          if (action) onAction?.(action);
        }}
      >
        <option value="">{placeholder}</option>
        {listOf(component.options).map(({ label, value }) => (
          <option key={textOf(value)} value={textOf(value)}>
            {textOf(label)}
          </option>
        ))}
      </select>
    );
  }

  function chosen({ options }: Loose, token: string): CommandAction | undefined {
    const label = textOf(listOf(options).find(({ value }) => value === token)?.label);
    return token ? findAction(actions, { label, url: undefined, token }) : undefined;
  }
}
