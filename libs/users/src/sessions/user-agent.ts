import { USER_AGENT_MAX_LENGTH } from '../persistence/session.entity';

/** What a client says of itself, as far as it can be stored and shown. */
export function cutUserAgent(userAgent: string | null | undefined): string | null {
  const cut = userAgent
    ?.replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, USER_AGENT_MAX_LENGTH)
    .toWellFormed()
    .trim();
  return cut === undefined || cut === '' ? null : cut;
}
