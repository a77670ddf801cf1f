/** What a frontend developer reads before the operations. Markdown. */
export const DESCRIPTION = `
Chats, messages and who is there. What is sent here arrives live on the sockets, and the other way round: see *Real time*.

## Tokens
\`POST /api/v1/users/register\`, then \`POST /api/v1/users/login\`: send the \`access_token\` along with every request as
\`Authorization: Bearer <token>\`. When it has expired (401, \`auth.expired_token\`), get a new pair from
\`POST /api/v1/users/refresh\`; each refresh token is good for one use. A log-in that was ended anywhere is refused at once.

## Errors
Every failure is \`application/problem+json\` (RFC 9457): \`code\` is stable and for programs, \`detail\` is a sentence for people,
\`errors\` lists the bad fields by \`path\`, with dots (\`participant_ids.3\`). \`status_code\` repeats \`status\`.
Fields that an operation does not know are refused, not ignored. Each operation lists its codes as examples of its answers.

| status | what it means for a client |
|---|---|
| 400 | the request could not be read: broken JSON, more than 32 levels, a malformed address |
| 401 | no token, or one that is not good (any more): log in or refresh |
| 403 | known, but not allowed |
| 404 | not there, or not for you to know of |
| 405, 413, 415 | another method, at most 256 KiB, \`application/json\` |
| 409 | contradicts what is there: somebody has the name, the group is full, the message is deleted |
| 422 | read, but a rule is broken: \`errors\` names field and limit |
| 429, 503 | later: \`Retry-After\` says in how many seconds |

## Lists
\`{items, total, page, limit, pages}\`, asked for by \`?page=1&limit=20\`; \`limit\` is at most 100. The history of a chat also takes
\`before\` and \`after\`, which do not shift while messages arrive and stay fast however long the chat is.

## Safe retries
Give each message a \`client_id\` of its own (or the header \`Idempotency-Key\`), and send the same request again whenever its answer
did not arrive: the message is there once, whatever happens. A 201 leaves when the message is on disk.

## Limits
Each user, and each address without one, has a number of requests a minute; the headers \`RateLimit\`, \`RateLimit-Policy\` and
\`RateLimit-…\` say how many are left. Requests for what is not there, or that can't be read, count as well, and so does the opening
of a socket; health and metrics don't. Sending has a limit of its own for REST and sockets together. \`GET /api/v1/info\` lists them all.

## Real time
A raw WebSocket for one chat, \`/api/v1/ws/{chat_id}?token=…\`, or Socket.IO, namespace \`/v1\`, for all of one's chats: the same frames on
both, described in \`docs/realtime.md\`. Sockets are hints: a client that was away gets what it missed from
\`GET /api/v1/chats/{chat_id}/changes?after=<seq>\`.

## Conventions
Every path answers with and without its last slash. Times are ISO 8601 in UTC with milliseconds. Text is kept exactly as it was sent.
`.trim();
