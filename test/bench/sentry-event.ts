/** An error as Sentry sends it, with a stack, breadcrumbs and tags, until its body is about so many bytes. */
export function aSentryEvent(bytes: number): unknown {
  const frames: unknown[] = [];
  const error = {
    event_id: 'fc6d8c0c43fc4630ad850ee518f1b9d0',
    issue_id: '4100000001',
    project: 17,
    title: 'TypeError: Cannot read properties of undefined (reading "hinge")',
    message: '',
    culprit: 'src/doors/open-door.ts in openDoor',
    level: 'error',
    platform: 'node',
    environment: 'production',
    release: { version: 'door@2.4.1' },
    datetime: '2026-03-02T10:15:00.000000Z',
    web_url: 'https://sentry.example/organizations/acme/issues/4100000001/events/fc6d8c0c43fc4630ad850ee518f1b9d0/',
    url: 'https://sentry.example/api/0/projects/acme/door/events/fc6d8c0c43fc4630ad850ee518f1b9d0/',
    request: { url: 'https://door.example/open', method: 'POST' },
    tags: [
      ['environment', 'production'],
      ['runtime', 'node v24'],
      ['server_name', 'web-1'],
    ],
    breadcrumbs: {
      values: Array.from({ length: 30 }, (_, index) => ({
        timestamp: 1_772_446_500 + index,
        type: 'http',
        category: 'fetch',
        data: { method: 'GET', status_code: 200, url: `https://door.example/api/doors/${index}` },
      })),
    },
    exception: {
      values: [
        {
          type: 'TypeError',
          value: 'Cannot read properties of undefined (reading "hinge")',
          stacktrace: { frames },
        },
      ],
    },
  };
  const event = { action: 'created', installation: { uuid: '7a485448-a9e2-4c85-8a3c-4f44175783c9' }, data: { error } };
  while (JSON.stringify(event).length < bytes) frames.push(aFrame(frames.length));
  return event;
}

function aFrame(index: number): unknown {
  const line = (number: number) =>
    `  const door${number} = await findDoor(house, { floor: ${number}, side: 'north' });`;
  return {
    filename: `src/doors/part-${index}.ts`,
    function: `step${index}`,
    module: `doors.part-${index}`,
    lineno: 10 + index,
    colno: 7,
    in_app: index % 3 === 0,
    pre_context: [1, 2, 3, 4, 5].map(line),
    context_line: line(6),
    post_context: [7, 8, 9, 10, 11].map(line),
  };
}
