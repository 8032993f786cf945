import type { ComponentType } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import type { Drawable } from '../api/shapes.ts';
import type { DrawingProps } from './drawing-props.ts';

export type Look = 'slack' | 'discord';

const load = {
  slack: () => import('./slack/slack-drawing.tsx'),
  discord: () => import('./discord/discord-drawing.tsx'),
} as const;

const drawers = { slack: lazy(load.slack), discord: lazy(load.discord) } as const;
/** Those that are loaded: a lazy one draws a moment later even then, and what stands below would move. */
const ready: { [look in Look]?: ComponentType<DrawingProps> } = {};

/** Loads a drawer before there is a message, so that messages do not change their height once it arrives. */
export async function loadDrawer(look: Look): Promise<void> {
  ready[look] = (await load[look]()).default;
}

export interface MessageDrawingProps extends Omit<DrawingProps, 'payload' | 'continued' | 'actions' | 'author'> {
  readonly look: Look;
  readonly drawable: Drawable;
}

/** A message as a platform draws it; its plain line until the drawer is loaded, or when there is no payload. */
export function MessageDrawing({ look, drawable, ...props }: MessageDrawingProps) {
  const [payload, ...continued] = drawable.drawings?.[look] ?? [];
  const Drawer = ready[look] ?? drawers[look];
  const line = <p class="plain-line">{drawable.text}</p>;
  if (!payload) return line;
  return (
    <Suspense fallback={line}>
      <Drawer
        payload={payload}
        continued={continued}
        author="Bellhop"
        actions={drawable.message?.actions ?? []}
        {...props}
      />
    </Suspense>
  );
}
