import type { Migration } from '../migrate.ts';

/** Every change of the tables, in order. What was once released is never edited: add another. */
export const migrations: readonly Migration[] = [
  {
    name: 'first tables',
    statements: [
      // The body comes last, so that reading the other columns of a long row touches one page.
      `create table events (
        id integer primary key autoincrement,
        endpoint_id text not null,
        provider text not null,
        type text not null,
        delivery_id text not null,
        received_at integer not null,
        method text not null,
        remote_address text not null,
        verification_json text not null,
        query_json text not null,
        headers_json text not null,
        body blob not null
      )`,
      'create index events_repeat on events (endpoint_id, delivery_id, received_at)',
      'create index events_received on events (received_at)',

      'create table undecided (event_id integer primary key)',
      `create trigger events_added after insert on events begin
        insert into undecided values (new.id);
      end`,
      `create table decisions (
        event_id integer primary key,
        endpoint_id text not null,
        type text not null,
        state text not null,
        source text,
        subject text,
        decided_at text not null,
        about_json text not null,
        decision_json text not null
      )`,
      'create index decisions_endpoint on decisions (endpoint_id, event_id)',
      'create index decisions_endpoint_state on decisions (endpoint_id, state, event_id)',
      'create index decisions_endpoint_type on decisions (endpoint_id, type, event_id)',
      'create index decisions_state on decisions (state, event_id)',
      'create index decisions_type on decisions (type, event_id)',
      'create index decisions_source on decisions (source, event_id)',
      'create index decisions_subject on decisions (subject, event_id)',
      `create virtual table search using fts5 (
        title, source, actor, subject, type, delivery_id, content = '', contentless_delete = 1
      )`,
      `create table secret_uses (
        endpoint_id text not null,
        secret_id text not null,
        used_at integer not null,
        primary key (endpoint_id, secret_id)
      ) without rowid`,

      `create table posts (
        id integer primary key autoincrement,
        event_id integer,
        endpoint_id text,
        route_id text,
        mute_id text,
        platform text not null,
        channel text not null,
        channel_name text not null,
        state text not null,
        replay integer not null,
        attempts integer not null,
        error text,
        ref_channel text,
        ref_id text,
        created_at integer not null,
        settled_at integer,
        message_json text
      )`,
      'create index posts_event on posts (event_id, id)',
      'create index posts_endpoint on posts (endpoint_id, id)',
      'create index posts_endpoint_state on posts (endpoint_id, state, id)',
      'create index posts_state on posts (state, id)',
      'create index posts_mute on posts (mute_id, id) where mute_id is not null',
      'create index posts_notice on posts (created_at) where event_id is null',
      // Counting a million rows takes too long to do it whenever somebody looks.
      'create table post_counts (state text primary key, total integer not null) without rowid',
      "insert into post_counts values ('due', 0), ('posted', 0), ('held', 0), ('failed', 0)",
      `create trigger posts_added after insert on posts begin
        update post_counts set total = total + 1 where state = new.state;
      end`,
      `create trigger posts_removed after delete on posts begin
        update post_counts set total = total - 1 where state = old.state;
      end`,
      `create trigger posts_changed after update of state on posts when old.state <> new.state begin
        update post_counts set total = total - 1 where state = old.state;
        update post_counts set total = total + 1 where state = new.state;
      end`,

      `create table refusals (
        id integer primary key autoincrement,
        endpoint_id text not null,
        at integer not null,
        reason text not null,
        status integer not null,
        method text not null,
        remote_address text not null,
        headers_json text not null,
        body blob not null
      )`,
      'create index refusals_endpoint on refusals (endpoint_id, id)',
      `create table audit (
        id integer primary key autoincrement,
        at integer not null,
        by text not null,
        by_name text not null,
        action text not null,
        endpoint_id text,
        detail text not null
      )`,
      'create index audit_endpoint on audit (endpoint_id, id)',
      `create table local_messages (
        id integer primary key autoincrement,
        channel text not null,
        thread text,
        nonce text not null,
        text text not null,
        message_json text not null,
        posted_at integer not null,
        edited_at integer,
        unique (channel, nonce)
      )`,
      'create index local_messages_channel on local_messages (channel, id)',
      'create index local_messages_posted on local_messages (posted_at)',
      'create table local_channels (channel text primary key) without rowid',
      'create table pulse (id integer primary key, at integer not null, ballast blob not null)',
    ],
  },
  {
    name: 'first attempts',
    statements: [
      'alter table posts add column first_attempt_at integer',
      // Whatever was due may have been in flight, and nobody wrote down when.
      "update posts set first_attempt_at = created_at where state = 'due'",
      "create index posts_lane on posts (platform, channel, id) where state = 'due'",
      "create index posts_delayed on posts (id) where state = 'due' and error is not null",
      "create index posts_held on posts (mute_id) where state = 'held'",
      'create index posts_digest on posts (mute_id) where event_id is null',
      "insert into post_counts values ('dropped', 0)",
    ],
  },
  {
    name: 'what names an event',
    statements: [
      // Most events are named by their delivery id, which is not written twice.
      'alter table events add column repeat_key text',
      'drop index events_repeat',
      'create index events_repeat on events (endpoint_id, coalesce(repeat_key, delivery_id), received_at)',
    ],
  },
  {
    name: 'where the audit’s changes were asked for, and what they replaced',
    statements: [
      'alter table audit add column asked_in text',
      'alter table audit add column before_text text',
      'alter table audit add column after_text text',
    ],
  },
  {
    name: 'labels apart',
    statements: [
      'alter table decisions add column labels_json text',
      // Labels had no limit. Those that are small stay where they are: to move them all takes long in a large journal.
      `update decisions set labels_json = about_json -> '$.labels', about_json = json_remove(about_json, '$.labels')
        where octet_length(about_json) > 16384`,
    ],
  },
  {
    name: 'short merges of the search index',
    // Below that it merges parts of which most must be kept, again and again while old events are removed, for up to a second at once.
    statements: ["insert into search (search, rank) values ('deletemerge', 60)"],
  },
  {
    name: 'threads of posts',
    statements: ['alter table posts add column thread text'],
  },
  {
    name: 'what platforms refused of messages',
    statements: ['alter table posts add column left_out_json text'],
  },
  {
    name: 'how subjects are followed',
    statements: [
      'alter table posts add column plan_json text',
      `create table subjects (
        id integer primary key autoincrement,
        platform text not null,
        channel text not null,
        endpoint_id text not null,
        subject text not null,
        record_json text not null,
        noted_at integer not null,
        unique (platform, channel, endpoint_id, subject)
      )`,
      'create index subjects_noted on subjects (noted_at)',
      `create table roll_ups (
        id integer primary key autoincrement,
        platform text not null,
        channel text not null,
        endpoint_id text not null,
        source text not null,
        record_json text not null,
        calm integer not null,
        noted_at integer not null,
        unique (platform, channel, endpoint_id, source)
      )`,
      'create index roll_ups_active on roll_ups (id) where calm = 0',
      'create index roll_ups_noted on roll_ups (noted_at)',
    ],
  },
  {
    name: 'the templates of messages',
    statements: ['alter table posts add column template text'],
  },
  {
    name: 'several events in one delivery',
    statements: [
      `create table batches (
        id integer primary key autoincrement,
        endpoint_id text not null,
        repeat_key text not null,
        received_at integer not null,
        headers_json text not null,
        body blob not null
      )`,
      'create index batches_repeat on batches (endpoint_id, repeat_key, received_at)',
      'alter table events add column batch_id integer',
      'alter table events add column part_place text',
      'alter table events add column part_json text',
      'create index events_batch on events (batch_id) where batch_id is not null',
    ],
  },
  {
    name: 'what people did about subjects',
    statements: [
      'alter table posts add column refresh integer not null default 0',
      `create table handlings (
        id integer primary key autoincrement,
        endpoint_id text not null,
        subject text not null,
        record_json text not null,
        noted_at integer not null,
        unique (endpoint_id, subject)
      )`,
      'create index handlings_noted on handlings (noted_at)',
      'create index subjects_everywhere on subjects (endpoint_id, subject)',
    ],
  },
  {
    name: 'sealed proofs of refused deliveries',
    statements: [
      `create table proofs (
        refusal_id integer primary key,
        endpoint_id text not null,
        at integer not null,
        sealed blob not null
      )`,
      'create index proofs_endpoint on proofs (endpoint_id, refusal_id)',
      // Where a refusal is forgotten, so is its proof.
      `create trigger refusals_removed after delete on refusals begin
        delete from proofs where refusal_id = old.id;
      end`,
    ],
  },
  {
    name: 'what pending endpoints hold',
    statements: [
      `create table held (
        id integer primary key autoincrement,
        endpoint_id text not null,
        at integer not null,
        size integer not null,
        sealed blob not null
      )`,
      'create index held_endpoint on held (endpoint_id, id)',
    ],
  },
  {
    name: 'endpoints that are silent',
    statements: ['create table silences (endpoint_id text primary key, since integer not null) without rowid'],
  },
  {
    name: 'what people did about events',
    statements: [
      `create table responses (
        event_id integer not null,
        by text not null,
        vote integer not null,
        kind text not null,
        at integer not null,
        primary key (event_id, by, vote)
      ) without rowid`,
      // They go with their event.
      `create trigger events_removed after delete on events begin
        delete from responses where event_id = old.id;
      end`,
    ],
  },
  {
    name: 'events by severity',
    statements: [
      `create index decisions_severity on decisions (coalesce(about_json ->> 'severity', 'info'), event_id)
        where coalesce(about_json ->> 'severity', 'info') in ('critical', 'warning')`,
    ],
  },
  {
    name: 'how far people have read',
    statements: [
      `create table read_marks (
        reader text not null,
        channel text not null,
        message_id integer not null,
        primary key (reader, channel)
      ) without rowid`,
    ],
  },
  {
    name: 'search in bodies',
    statements: [
      // Words are told apart before they come here, so the simplest tokenizer does, and nobody asks where in a body one stands.
      `create virtual table body_search using fts5 (
        words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
      )`,
      // By itself it would now and then put much in order at once, and deliveries would wait for that commit.
      "insert into body_search (body_search, rank) values ('automerge', 0)",
      'create table body_sizes (event_id integer primary key, size integer not null)',
      `create trigger body_sizes_removed after delete on body_sizes begin
        delete from body_search where rowid = old.event_id;
      end`,
      `create trigger events_removed_from_search after delete on events begin
        delete from body_sizes where event_id = old.id;
      end`,
    ],
  },
  {
    name: 'posts that are found again after a backup is restored',
    statements: [
      'alter table posts add column nonce text',
      'alter table undecided add column perhaps_posted_since integer',
      'drop trigger events_added',
      `create trigger events_added after insert on events begin
        insert into undecided (event_id) values (new.id);
      end`,
    ],
  },
];
