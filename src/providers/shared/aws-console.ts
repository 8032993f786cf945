import { finder } from '../../reading/finder.ts';

/** Where the console of AWS shows what a message is about; none of its services sends an address. */
export function awsConsole(payload: unknown): string | undefined {
  const find = finder(payload);
  const region = find('Message.region') ?? find('Message.AlarmArn', 'TopicArn')?.split(':')[3];
  if (/^AWS Budget/.test(find('Subject') ?? '')) return 'https://console.aws.amazon.com/billing/home#/budgets';
  if (!region || !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region)) return undefined;
  const home = `https://${region}.console.aws.amazon.com`;
  const alarm =
    find('Message.AlarmArn') === undefined && find('Message.detail.alarmName') === undefined
      ? undefined
      : find('Message.AlarmName', 'Message.detail.alarmName');
  if (alarm) return `${home}/cloudwatch/home?region=${region}#alarmsV2:alarm/${encodeURIComponent(alarm)}`;
  const pipeline = find('Message.detail.pipeline');
  if (pipeline && find('Message.source') === 'aws.codepipeline')
    return `${home}/codesuite/codepipeline/pipelines/${encodeURIComponent(pipeline)}/view?region=${region}`;
  const finding = find('Message.detail.id');
  if (finding && find('Message.source') === 'aws.guardduty')
    return `${home}/guardduty/home?region=${region}#/findings?search=id%3D${encodeURIComponent(finding)}`;
  return undefined;
}
