import { useState } from 'preact/hooks';
import type { Look } from './drawing.tsx';

const KEY = 'bellhop.look';
/** How messages may be drawn. */
export const LOOKS = [
  { look: 'slack', title: 'Slack' },
  { look: 'discord', title: 'Discord' },
] as const;

/** How messages are drawn, remembered on this device. */
export function useLook(): readonly [Look, (look: Look) => void] {
  const [look, setLook] = useState<Look>(() => (localStorage.getItem(KEY) === 'discord' ? 'discord' : 'slack'));
  return [
    look,
    (next) => {
      localStorage.setItem(KEY, next);
      setLook(next);
    },
  ];
}

export interface LookSwitchProps {
  readonly look: Look;
  readonly onChange: (look: Look) => void;
}

export function LookSwitch({ look: current, onChange }: LookSwitchProps) {
  return (
    <fieldset class="switch">
      <legend class="unseen">Draw messages as</legend>
      {LOOKS.map(({ look, title }) => (
        <label key={look}>
          <input type="radio" name="look" checked={look === current} onChange={() => onChange(look)} />
          <span>{title}</span>
        </label>
      ))}
    </fieldset>
  );
}
