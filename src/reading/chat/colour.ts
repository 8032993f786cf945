import type { Severity } from '../../core/message/severity.ts';

const NAMED: Readonly<Record<string, Severity>> = {
  good: 'good',
  green: 'good',
  success: 'good',
  danger: 'critical',
  red: 'critical',
  error: 'critical',
  attention: 'critical',
  warning: 'warning',
  warn: 'warning',
  yellow: 'warning',
  orange: 'warning',
};

/** What a colour says in a chat: red is bad, green is good, between them is a warning; all else says nothing. */
export function severityOfColour(value: unknown): Severity | undefined {
  if (typeof value === 'number')
    return Number.isInteger(value) && value > 0 && value <= 0xffffff ? ofRgb(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const name = value.trim().toLowerCase();
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  const hex = /^(?:#|0x)?([\da-f]{6}|[\da-f]{3})$/.exec(name)?.[1];
  if (hex) return ofRgb(Number.parseInt(hex.length === 3 ? hex.replace(/./g, '$&$&') : hex, 16));
  return /^\d{4,8}$/.test(name) ? severityOfColour(Number(name)) : undefined;
}

function ofRgb(colour: number): Severity | undefined {
  const [red, green, blue] = [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)];
  // Grey and pale colours mean nothing.
  if (most - least < 70 || most < 90) return undefined;
  const hue = hueOf({ red, green, blue, most, range: most - least });
  if (hue < 18 || hue > 325) return 'critical';
  if (hue < 65) return 'warning';
  return hue > 75 && hue < 170 ? 'good' : undefined;
}

function hueOf({
  red,
  green,
  blue,
  most,
  range,
}: Readonly<Record<'red' | 'green' | 'blue' | 'most' | 'range', number>>): number {
  const sixth =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4;
  return sixth * 60;
}
