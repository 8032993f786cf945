import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { moneyText, priceText } from '../../src/core/text/money.ts';
import stripe from '../../src/providers/stripe.ts';
import { aWorld } from '../world.ts';

const ofStripe = (amount: number, currency: string) => plain(moneyText(amount, currency, stripe.minorUnits));

describe('an amount in the smallest unit', () => {
  it('has as many digits as ISO 4217 counts, whatever people write', () => {
    const written = {
      'HUF 10.50': [1050, 'huf'],
      'COP 10.50': [1050, 'cop'],
      'IDR 10.50': [1050, 'IDR'],
      'PKR 10.50': [1050, 'PKR'],
      '$19.99': [1999, 'usd'],
      '¥500': [500, 'JPY'],
      'KWD 12.345': [12345, 'KWD'],
      'CLF 1.2345': [12345, 'CLF'],
      'ISK 5': [5, 'ISK'],
      '-$0.05': [-5, 'usd'],
    } as const;
    for (const [text, [amount, currency]] of Object.entries(written))
      assert.equal(plain(moneyText(amount, currency)), text);
  });

  it('is counted by its provider’s own list, where it has one: Stripe', () => {
    for (const currency of 'ALL AFN LAK LBP MMK SOS YER HUF TWD COP IDR PKR'.split(' '))
      assert.match(ofStripe(1050, currency), /10\.50$/, currency);
    for (const currency of 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
      assert.match(ofStripe(1050, currency), /1,050$/, currency);
    for (const currency of 'BHD JOD KWD OMR TND'.split(' '))
      assert.match(ofStripe(5120, currency), /5\.120$/, currency);
    // They have no smaller unit any more, and are still counted in hundredths.
    assert.deepEqual([ofStripe(500, 'isk'), ofStripe(500, 'ugx')], ['ISK 5', 'UGX 5']);
  });

  it('is posted so: 1050 of forint at Stripe', async () => {
    await using world = await aWorld();
    const object = {
      id: 'pi_1',
      object: 'payment_intent',
      amount: 1050,
      currency: 'huf',
      receipt_email: 'a@example.com',
    };
    await world.deliver(await world.endpoint('stripe', 'in #ops secret=theirs-0123456789'), {
      payload: { id: 'evt_1', type: 'payment_intent.succeeded', data: { object } },
    });
    await world.settled();
    assert.match(plain((await world.messages())[0]?.text ?? ''), /a@example\.com paid HUF 10\.50/);
  });

  it('keeps fractions of the smallest unit, and digits beyond what a number holds', () => {
    assert.equal(moneyText('0.5', 'usd'), '$0.005');
    assert.equal(moneyText(8412345678901234567n, 'usd'), '$84,123,456,789,012,345.67');
  });

  it('says what it was given where that is no number or no currency', () => {
    assert.deepEqual(
      [moneyText('many', 'usd'), moneyText(1234, 'points'), moneyText(1234, '')],
      ['many USD', '12.34 POINTS', '12.34'],
    );
  });

  it('is the price it stands for', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (cents) => {
        const whole = String(cents < 0n ? -cents : cents).padStart(3, '0');
        const price = `${cents < 0n ? '-' : ''}${whole.slice(0, -2)}.${whole.slice(-2)}`;
        assert.equal(moneyText(cents, 'usd'), priceText(price, 'usd'));
      }),
    );
  });
});

describe('a price in whole units', () => {
  it('has the digits of its currency, and more where it was given more', () => {
    const given = [
      ['10.00', 'USD'],
      ['1050.5', 'HUF'],
      ['19', 'JPY'],
      [0.1 + 0.2, 'USD'],
      ['0.0375', 'USD'],
    ] as const;
    assert.deepEqual(
      given.map(([amount, currency]) => plain(priceText(amount, currency))),
      ['$10.00', 'HUF 1,050.50', '¥19', '$0.30', '$0.0375'],
    );
  });
});

/** Between a currency's code and its amount stands a space that does not break. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}
