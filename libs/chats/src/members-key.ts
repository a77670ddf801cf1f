import { createHash } from 'node:crypto';

/** The same for the same people, in whatever order: 43 characters. */
export function membersKeyOf(userIds: readonly number[]): string {
  const sorted = [...userIds].sort((a, b) => a - b);
  return createHash('sha256').update(sorted.join(':')).digest('base64url');
}
