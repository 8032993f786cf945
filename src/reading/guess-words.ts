// Names of fields, plain as `walkPayload` has them, the most telling first.

export const TITLES = list('title headline subject summary alerttitle alertname checkname incidentname issuetitle');
export const PROSE = list('message shortmessage text description msg body reason details content');
export const NAMES = list(
  'name displayname monitorname monitorfriendlyname testname rulename jobname label fullname key',
);
export const LINKS = list(
  'htmlurl weburl permalink permalinkurl detailsurl targeturl issueurl incidenturl alerturl buildurl publicurl monitorurl dashboardurl viewurl absoluteurl resulturl link url href weblink',
);
export const STATES = list(
  'state status currentstate currentstatus newstate newstatus conclusion result outcome alertstate eventtype action eventaction',
);
export const GRAVITIES = list('severity level priority urgency impact alertlevel');
export const PEOPLE = list(
  'actor user sender author createdby triggeredby updatedby member person username userlogin pusher owner creator submitter requester reporter initiator',
);
export const PLACES = list(
  'repository project repo service site application app workspace board environment host hostname server monitor account organization team source domain',
);
export const MOMENTS = list(
  'occurredat timestamp eventtime eventtimestamp createdat created updatedat triggeredat startedat startsat datetime time date publishedat',
);
/** What tells the events of one thing from those of another. */
export const KEYS = list(
  'dedupkey incidentkey incidentid alertid issueid ticketid fingerprint correlationid threadid conversationid orderid buildid deploymentid',
);
/** What has a life of its own, and so is a subject. */
export const THINGS = list(
  'incident alert issue ticket pullrequest mergerequest build deployment deploy task card story order invoice job pipeline release monitor',
);
export const FACTS = list('environment env branch region severity priority service host category');

/** What stands under these names is about somebody or something else. */
export const ABOUT_OTHERS = new Set([
  ...PEOPLE,
  ...PLACES,
  ...list('assignee assignees users members links self meta metadata headers request changes previous old'),
]);
export const NOT_TITLES = new Set([...PEOPLE, ...PLACES, 'filename', 'firstname', 'lastname']);

function list(words: string): readonly string[] {
  return words.split(' ');
}
