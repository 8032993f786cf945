import type { Catalogue } from '../../src/app/catalogue.ts';
import { chats } from '../../src/app/chats.ts';
import { createDraw } from '../../src/app/drawings.ts';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import type { Message } from '../../src/core/message/message.ts';
import type { Severity } from '../../src/core/message/severity.ts';
import { previewDelivery } from '../../src/relay/preview.ts';
import { discordPings, validateDiscordMessage } from '../doubles/discord/limits.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';
import { type Fact, factsOf } from './facts.ts';
import { leftOut } from './left-out.ts';
import { type Headers, type Recording, toDelivery } from './load-corpus.ts';
import { hasWebAddress, leavesOf } from './payload-leaves.ts';
import { saidBy, says } from './said.ts';

/** What one recording became, composed in one way. */
export interface Measured {
  readonly recording: Recording;
  readonly message: Message;
  /** What is wrong with it, whatever was expected. */
  readonly offences: readonly string[];
  /** Whether it has a link, and whether there was any to have. */
  readonly linked: boolean;
  readonly linkable: boolean;
  readonly scores: readonly Score[];
}

/** How much of an expected text is said. */
export interface Score {
  readonly file: string;
  readonly facts: number;
  readonly missing: readonly Fact[];
  readonly leftOut: readonly string[];
}

const draw = createDraw(chats);

/** Composes a recording as a provider's, and holds it against what was expected of it. */
export function measure(recording: Recording, name: string, { providers, composer }: Catalogue): Measured {
  const provider = providers.get(name);
  const payloadLeaves = [...leavesOf(parseDelivery(toDelivery(recording)).payload)];
  const compose = (headers: Headers) => previewDelivery(toDelivery(recording, headers), { name, provider, composer });
  const [first, ...others] = recording.headers;
  const { message, problems } = compose(first);
  const told = [message, ...others.map((headers) => compose(headers).message)].map(saidBy);
  const scores = recording.expectations.map((expectation) => {
    const facts = factsOf(expectation, payloadLeaves);
    // Which of several events an expectation was for is not recorded: it is the one that says most of it.
    const scored = told.map((said) => score(recording.file, facts, (fact) => says(said, fact)));
    return scored.reduce((best, other) => (other.missing.length < best.missing.length ? other : best));
  });
  return {
    recording,
    message,
    offences: [...problems.map(({ template, message }) => `${template}: ${message}`), ...offencesOf(message)],
    linked: message.title?.url !== undefined,
    linkable: hasWebAddress(payloadLeaves),
    scores,
  };
}

/** Whether the severity is one that a person would choose; nothing where nobody chose. */
export function isRightlySerious(
  { recording, message }: Measured,
  labels: ReadonlyMap<string, readonly Severity[]>,
): boolean | undefined {
  return labels.get(recording.file)?.includes(message.severity);
}

function score(file: string, facts: readonly Fact[], isSaid: (fact: Fact) => boolean): Score {
  const unsaid = facts.filter((fact) => !isSaid(fact));
  const missing = unsaid.filter((fact) => !leftOut(fact));
  return {
    file,
    facts: facts.length - (unsaid.length - missing.length),
    missing,
    leftOut: unsaid.flatMap((fact) => leftOut(fact) ?? []),
  };
}

function offencesOf(message: Message): readonly string[] {
  const { slack = [], discord = [] } = draw(message).drawings;
  return [
    ...slack.flatMap(validateSlackMessage),
    ...discord.flatMap(validateDiscordMessage),
    ...slack.flatMap(slackPings),
    ...discord.flatMap(discordPings),
    ...(message.title?.text.trim() ? [] : ['no title']),
  ];
}
