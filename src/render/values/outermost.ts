import { type Figure, toFigure } from './figure.ts';
import { toList } from './values.ts';

/** The number that is before all others; nothing where there is none. */
export function outermost(
  values: readonly unknown[],
  isBefore: (value: Figure, best: Figure) => boolean,
): Figure | undefined {
  let best: Figure | undefined;
  for (const value of values)
    for (const item of toList(value)) {
      const figure = toFigure(item);
      if (figure !== undefined && (best === undefined || isBefore(figure, best))) best = figure;
    }
  return best;
}
