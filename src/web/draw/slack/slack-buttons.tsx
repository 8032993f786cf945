import type { Action, CommandAction } from '../../../core/message/message.ts';
import { Disclosure } from '../../kit/disclosure.tsx';
import { OutsideLink } from '../../kit/outside-link.tsx';
import { findAction } from '../find-action.ts';
import type { SlackButton } from './clean-blocks.ts';

export interface SlackButtonsProps {
  readonly buttons: readonly SlackButton[];
  readonly actions: readonly Action[];
  readonly onAction: ((action: CommandAction) => void) | undefined;
}

/**
 * The buttons of a message. The library draws them too, but opens their links with a way back to this page and reports
 * no click.
 */
export function SlackButtons({ buttons, actions, onAction }: SlackButtonsProps) {
  const tucked = buttons.filter((button) => button.tucked);
  return (
    <div class="slack-buttons">
      {buttons.filter((button) => !button.tucked).map(draw)}
      {tucked.length > 0 && (
        <Disclosure class="slack-menu" summary="⋯" label="More actions">
          {tucked.map(draw)}
        </Disclosure>
      )}
    </div>
  );

  function draw(button: SlackButton) {
    const { label, url, style } = button;
    const look = `slack-button ${style ?? ''}`;
    if (url) return <OutsideLink key={label} class={look} url={url} children={label} />;
    const action = findAction(actions, button);
    return (
      <button
        key={label}
        type="button"
        class={look}
        disabled={!action || !onAction}
        onClick={(event) => {
          event.currentTarget.closest('details')?.removeAttribute('open');
          if (action) onAction?.(action);
        }}
      >
        {label}
      </button>
    );
  }
}
