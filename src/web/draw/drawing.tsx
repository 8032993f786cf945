import { lazy, Suspense } from 'preact/compat';
import type { Drawable } from '../api/shapes.ts';
import type { DrawingProps } from './drawing-props.ts';

export type Look = 'slack' | 'discord';

const drawers = {
  slack: lazy(() => import('./slack/slack-drawing.tsx')),
  discord: lazy(() => import('./discord/discord-drawing.tsx')),
} as const;

export interface MessageDrawingProps extends Omit<DrawingProps, 'payload' | 'continued' | 'actions' | 'author'> {
  readonly look: Look;
  readonly drawable: Drawable;
}

/** A message as a platform draws it; its plain line until the drawer is loaded, or when there is no payload. */
export function MessageDrawing({ look, drawable, ...props }: MessageDrawingProps) {
  const [payload, ...continued] = drawable.drawings?.[look] ?? [];
  const Drawer = drawers[look];
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
