import { useState } from 'preact/hooks';
import { Choice } from '../kit/choice.tsx';
import { type Look, loadDrawer } from './drawing.tsx';

const KEY = 'bellhop.look';
/** How messages may be drawn. */
export const LOOKS = [
  { look: 'slack', title: 'Slack' },
  { look: 'discord', title: 'Discord' },
] as const;

/** How messages are drawn, remembered on this device. */
export function useLook(): readonly [Look, (look: Look) => Promise<void>] {
  const [look, setLook] = useState(rememberedLook);
  return [
    look,
    async (next) => {
      localStorage.setItem(KEY, next);
      // Until it is there a message is one line, and what stands below would move.
      await loadDrawer(next).catch(() => undefined);
      setLook(next);
    },
  ];
}

/** How messages were drawn last on this device. */
export function rememberedLook(): Look {
  return localStorage.getItem(KEY) === 'discord' ? 'discord' : 'slack';
}

export interface LookSwitchProps {
  readonly look: Look;
  readonly onChange: (look: Look) => void;
}

export function LookSwitch({ look: current, onChange }: LookSwitchProps) {
  const choices = LOOKS.map(({ look, title }) => ({ value: look, title }));
  return <Choice legend="Draw messages as" value={current} choices={choices} onChange={onChange} />;
}
