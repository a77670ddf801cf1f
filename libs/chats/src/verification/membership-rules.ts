import type { Finding } from '@app/platform';
import { GROUP_MAX_MEMBERS } from '../chat';
import type { ChatEntity } from '../persistence/chat.entity';
import type { ParticipantEntity } from '../persistence/participant.entity';

/** An account goes first and leaves its chats right after, one commit each: until then it is in them still. */
const LEAVING_TAKES_MS = 10 * 60_000;

/** The accounts of a page of members, by id. */
export type People = ReadonlyMap<number, { readonly deletedAt: Date | null }>;

type Chat = Readonly<ChatEntity>;
type Members = readonly Readonly<ParticipantEntity>[];

/** What is wrong with the members of one chat, as one snapshot shows them. */
export function findMembershipDamage(chat: Chat, members: Members, people: People, now: Date): Finding[] {
  const problems = [
    ...findPeopleProblems(members, people, now),
    ...(chat.isActive ? findSizeProblems(chat, members) : findLeftovers(members)),
    ...(chat.type === 'direct' ? findKeyProblems(chat, members) : findGroupProblems(chat, members)),
    ...findPositionProblems(chat, members),
  ];
  return problems.map((problem) => ({ kind: 'membership', text: `chat ${chat.id}: ${problem}` }));
}

function findPeopleProblems(members: Members, people: People, now: Date): string[] {
  return members.flatMap(({ userId }) => {
    const person = people.get(userId);
    if (!person) return [`member ${userId} is no user`];
    const { deletedAt } = person;
    if (deletedAt === null || now.getTime() - deletedAt.getTime() < LEAVING_TAKES_MS) return [];
    return [`member ${userId} was deleted at ${deletedAt.toISOString()}; a restart of a server lets them leave`];
  });
}

function findSizeProblems({ type }: Chat, members: Members): string[] {
  const atMost = type === 'direct' ? 2 : GROUP_MAX_MEMBERS;
  if (members.length === 0) return ['is active without a member'];
  return members.length > atMost ? [`has ${members.length} members; a ${type} chat has at most ${atMost}`] : [];
}

function findLeftovers(members: Members): string[] {
  return members.map(({ userId }) => `is closed, and user ${userId} is still a member`);
}

/** Whoever is deleted leaves a direct chat too, so that one of the two may be missing. */
function findKeyProblems({ directKey }: Chat, members: Members): string[] {
  if (directKey === null) return ['is direct and has no direct_key'];
  const people = directKey.split(':').map(Number);
  const [one = NaN, other = NaN] = people;
  if (people.length !== 2 || !(one < other)) return [`direct_key "${directKey}" does not name two users, lower first`];
  return members.flatMap(({ userId }) =>
    people.includes(userId) ? [] : [`member ${userId} is not in direct_key "${directKey}"`],
  );
}

function findGroupProblems({ directKey, isActive }: Chat, members: Members): string[] {
  const problems = directKey === null ? [] : [`is a group and has direct_key "${directKey}"`];
  const needsAdmin = isActive && members.length > 0 && !members.some(({ isAdmin }) => isAdmin);
  return needsAdmin ? [...problems, 'is a group without an admin'] : problems;
}

function findPositionProblems({ lastSeq }: Chat, members: Members): string[] {
  return members.flatMap(({ userId, readSeq, hiddenSeq }) => [
    ...(readSeq > lastSeq ? [`member ${userId} has read_seq ${readSeq}, but last_seq is ${lastSeq}`] : []),
    ...((hiddenSeq ?? 0) > lastSeq ? [`member ${userId} has hidden_seq ${hiddenSeq}, but last_seq is ${lastSeq}`] : []),
  ]);
}
