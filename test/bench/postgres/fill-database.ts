/** Fills an empty journal with events that were decided and posted, as a year of work leaves them: some sources are loud, few events are grave. The first of them are old. */
export async function fillDatabase(
  run: (sql: string) => Promise<unknown>,
  { events, old }: { readonly events: number; readonly old: number },
): Promise<void> {
  const numbers = `from generate_series(1, ${events}) as number`;
  const title = `'octocat pushed w' || number % 2000 || 'x to acme/repository-' || number % 200 || ': w' || (number / 7) % 3000 || ' w' || (number / 13) % 500`;
  const state = `case when number % 100 < 90 then 'posted' when number % 100 < 95 then 'dropped' when number % 100 < 98 then 'held' else 'failed' end`;
  const severity = `case when number % 500 = 0 then 'critical' when number % 50 = 0 then 'warning' else 'info' end`;
  const endpoint = `'endpoint-' || number % 50`;
  const type = `(array['push', 'pull_request', 'issues', 'release', 'workflow_run'])[1 + number % 5]`;
  await run(`alter table events disable trigger events_added;
    insert into events (endpoint_id, provider, type, delivery_id, received_at, method, remote_address, verification_json, query_json, headers_json, body)
    select ${endpoint}, 'github', ${type}, 'delivery-' || number,
      case when number <= ${old} then 1577836800000 else 1767225600000 end + number * 10, 'POST', '192.0.2.1',
      '{"secretId":"first"}', '{}', '{"content-type":"application/json","x-github-event":"push","user-agent":"GitHub-Hookshot/0"}',
      convert_to('{"ref":"refs/heads/main","number":' || number || ',"text":"' || repeat(md5(number::text), 24) || '"}', 'UTF8') ${numbers};
    alter table events enable trigger events_added`);
  await run(`insert into decisions (event_id, endpoint_id, type, state, source, subject, decided_at, about_json, decision_json)
    select number, ${endpoint}, ${type}, ${state}, 'acme/repository-' || number % 200, 'push:' || number % 100000, '2026-01-01T00:00:00.000Z',
      json_build_object('title', ${title}, 'source', 'acme/repository-' || number % 200, 'actor', 'octocat', 'severity', ${severity}),
      '{"decidedAt":"2026-01-01T00:00:00.000Z","steps":[{"step":"verified","text":"by secret 1"}],"routes":[]}' ${numbers}`);
  await run(`insert into search (event_id, words)
    select number, to_words(regexp_replace(${title}, '[^a-z0-9]+', ' ', 'g') || ' octocat push ' || ${type} || ' delivery-' || number) ${numbers}`);
  await run(`alter table posts disable trigger posts_counted;
    insert into posts (event_id, endpoint_id, route_id, platform, channel, channel_name, state, replay, attempts, ref_channel, ref_id, created_at, first_attempt_at, settled_at)
    select number, ${endpoint}, 'route-1', 'slack', 'C' || number % 40, 'ops', ${state}, 0, 1, 'C1', number::text, 1767225600000 + number, 1767225600000 + number, 1767225600000 + number ${numbers};
    alter table posts enable trigger posts_counted;
    insert into post_changes select state, count(*) from posts group by state`);
  await run('analyze');
}
