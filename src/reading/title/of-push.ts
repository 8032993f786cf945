import type { Walked } from '../payload/walk.ts';
import { headlineOf } from '../words.ts';
import { find, flag } from './find.ts';
import type { TitleParts } from './title-parts.ts';

/** Commits that came to a branch, or a branch that came and went. */
export function ofPush({ walked, actor, typeWords }: TitleParts): string | undefined {
  const { root, lists, branches } = walked;
  if (
    typeWords.length > 0 &&
    !/^(?:git |repo |branch |tag |code )?(?:push|pushed|push hook|tag push|refs changed)$/.test(typeWords.join(' ')) &&
    !typeWords.includes('push')
  )
    return undefined;
  const commits =
    lists.find(({ name }) => name === 'commits') ??
    branches.find(({ name, leaves }) => /^(?:head_)?commit$/.test(name) && find(leaves, 'message') !== undefined);
  const name = branchIn(walked);
  if (name === undefined || (!commits && typeWords.length === 0)) return undefined;
  const pushed = actor ? `${actor} pushed` : 'Pushed';
  const gone = flag(root.leaves, 'deleted') || /^0{40}$/.test(String(find(root.leaves, 'after')));
  if (gone) return actor ? `${actor} deleted branch ${name}` : `Branch ${name} deleted`;
  if (!commits) return `${pushed} to ${name}`;
  if ('items' in commits) return `${pushed} ${commits.count} commits to ${name}`;
  const message = headlineOf(find(commits.leaves, 'message') ?? find(commits.leaves, 'title'), 100);
  return message ? `${pushed} to ${name}: ${message}` : `${pushed} 1 commit to ${name}`;
}

/** The branch that was pushed to, wherever a code host puts it. */
function branchIn({ root, branches, leaves }: Walked): string | undefined {
  const ref =
    find(root.leaves, 'ref') ??
    leaves.find(
      ({ name, value }) =>
        /^(?:ref|name|ref_name)$/.test(name) && typeof value === 'string' && value.startsWith('refs/'),
    )?.value;
  const place = branches.find(
    (branch) =>
      /^(?:new|old|ref|change|branch)$/.test(branch.name) &&
      find(branch.leaves, 'type') !== undefined &&
      /^(?:branch|tag)$/i.test(String(find(branch.leaves, 'type'))),
  );
  const own = place && (find(place.leaves, 'name') ?? find(place.leaves, 'display_id'));
  const named = ref ?? own ?? leaves.find(({ name, owner }) => name === 'branch' && !owner.aside)?.value;
  return typeof named === 'string' && named.length < 120 ? named.replace(/^refs\/(?:heads|tags)\//, '') : undefined;
}
