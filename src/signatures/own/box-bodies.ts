import type { Parsed } from '../../core/delivery/delivery.ts';
import { header } from '../../core/delivery/readers.ts';
import type { Known, Piece } from '../text/parts.ts';

const version = header('box-signature-version');
const algorithm = header('box-signature-algorithm');

/** Body and time. Box signs what it sends, or the same with every letter beyond ASCII escaped. */
export function boxBodies(delivery: Parsed, { time = '' }: Known): readonly (readonly Piece[])[] {
  if ((version(delivery) ?? '1') !== '1' || (algorithm(delivery) ?? 'HmacSHA256') !== 'HmacSHA256') return [];
  const escaped = delivery.body
    .toString()
    .replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [
    [delivery.body, time],
    [escaped, time],
  ];
}
