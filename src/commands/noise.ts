import { type CommandParts, defineCommand, type Reply } from '../core/command/command.ts';
import { type Caller, owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { AppError, OptionError } from '../core/errors.ts';
import { isSamePlace, type Place } from '../core/settings/channel.ts';
import { DAY } from '../core/text/duration.ts';
import { describePlace, findPlace } from './shared/find-place.ts';

const WEEK = 7;
const LONGEST = 30;

export default defineCommand({
  summary: 'Count a channel’s messages, find those that nobody reacted to, and propose rules that reduce them',
  help: 'Messages by source, by type and by actor, what was said again and again, and what went back and forth; each with a rule that would hide it, tried on the same days. A reaction is an emoji or a reply, as far as the chat shows them, a click on a button, or a vote; buttons that mute, hide or explain a message do not count. `/webhook route … votes=on` puts 👍 and 👎 on messages. A channel with something to propose gets the report every Monday; `weekly=off` ends that. Nothing is hidden by itself.',
  examples: ['/webhook noise', '/webhook noise #dev days=14', '/webhook noise weekly=off'],
  permission: 'member',
  options: {
    channel: {
      type: 'channel',
      positional: true,
      optional: true,
      complete: 'channel',
      example: '#dev',
      description: 'Which channel; this one when left out',
    },
    days: { type: 'integer', optional: true, example: '7', description: 'How many days back; 7 when left out' },
    weekly: {
      type: 'string',
      optional: true,
      choices: ['on', 'off'],
      example: 'off',
      description: 'Whether the channel gets the report every week',
    },
  },

  async run({ options, caller }, parts) {
    const place = await findPlace(options.channel, { caller, field: 'channel' }, parts);
    if (options.weekly !== undefined) return setWeekly(place, options.weekly === 'on', caller, parts);
    const { days = WEEK } = options;
    if (days < 1 || days > LONGEST)
      throw new OptionError('days', `It can be from 1 to ${LONGEST} days, such as \`days=${WEEK}\`.`);
    const report = await parts.noise.report(place, days * DAY);
    const message = parts.noise.describe(report);
    const { title, body, ...shown } = message;
    return reply(body, { ...shown, ...(title && { title: title.text }), data: { report } });
  },
});

async function setWeekly(
  place: Place,
  isOn: boolean,
  caller: Caller,
  { view, changes, platforms }: CommandParts,
): Promise<Reply> {
  const endpoints = await view.endpoints();
  const isOwner = endpoints.some(
    (endpoint) => endpoint.routes.some((route) => isSamePlace(route, place)) && owns(caller, endpoint),
  );
  const where = describePlace(place, caller, platforms);
  if (!isOwner && caller.role !== 'admin')
    throw new AppError(
      403,
      'forbidden',
      `Only an owner of an endpoint that posts in ${where}, or an admin, may say so.`,
    );
  const name = `${place.platform}:${place.channel}`;
  await changes.settings((current) => {
    const { quietReports = [], ...rest } = current;
    const others = quietReports.filter((each) => each !== name);
    const quiet = isOn ? others : [...others, name];
    return {
      change: { action: 'noise', detail: `switched the weekly noise report of ${where} ${isOn ? 'on' : 'off'}` },
      settings: { ...rest, ...(quiet.length && { quietReports: quiet }) },
      result: undefined,
    };
  });
  return reply(
    isOn
      ? `${where} gets a report every Monday when there is something to propose.`
      : `${where} gets no weekly report. \`/webhook noise\` still makes one when asked.`,
    { severity: 'good', data: { weekly: isOn } },
  );
}
