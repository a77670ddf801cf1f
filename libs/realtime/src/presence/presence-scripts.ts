/**
 * What nodes do to the common state, each in one step. Redis holds, under `chat:presence:`,
 * - `nodes`: each node with the time of its last beat; 0 for one that is being cleared away,
 * - `online`: each person's connections, and `transports`: the connections of each kind,
 * - `chat:<id>`: each person who is online in it, with the number of nodes that say so; `chats`: those that have anybody,
 * - `node:<id>:users`, `:transports`, `:pairs`: what a node has added to these, and what goes with it.
 */
const COMMON = `
local P = 'chat:presence:'
local function isIn(node)
  local beat = redis.call('ZSCORE', P .. 'nodes', node)
  return beat and tonumber(beat) > 0
end
local function nowMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function add(key, field, by)
  local count = redis.call('HINCRBY', key, field, by)
  if count <= 0 then redis.call('HDEL', key, field) end
  return count
end
local function leave(chat, user)
  if add(P .. 'chat:' .. chat, user, -1) > 0 then return false end
  if redis.call('EXISTS', P .. 'chat:' .. chat) == 0 then redis.call('SREM', P .. 'chats', chat) end
  return true
end
`;

/** node → takes its place among the living. */
export const ENTER = `${COMMON}
redis.call('ZADD', P .. 'nodes', nowMs(), ARGV[1])
return 1`;

/**
 * node, then (step, subject, detail) any number of times: `open`/`close` user transport, `join`/`leave` chat user.
 * → [1, came, went, users that came or went, connections of the user after each `open`]; came and went are chat, user, chat, …
 * → [0] if the node is not in it (any more).
 */
export const APPLY = `${COMMON}
local node = ARGV[1]
if not isIn(node) then return {0} end
local mine = P .. 'node:' .. node .. ':'
local came, went, changed, totals = {}, {}, {}, {}
for at = 2, #ARGV, 3 do
  local step, subject, detail = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if step == 'open' or step == 'close' then
    local by = step == 'open' and 1 or -1
    add(mine .. 'users', subject, by)
    add(mine .. 'transports', detail, by)
    add(P .. 'transports', detail, by)
    local total = add(P .. 'online', subject, by)
    if step == 'open' then table.insert(totals, total) end
    if (step == 'open' and total == 1) or (step == 'close' and total <= 0) then table.insert(changed, subject) end
  elseif step == 'join' then
    if redis.call('SADD', mine .. 'pairs', subject .. ':' .. detail) == 1 then
      redis.call('SADD', P .. 'chats', subject)
      if add(P .. 'chat:' .. subject, detail, 1) == 1 then
        table.insert(came, subject)
        table.insert(came, detail)
      end
    end
  elseif redis.call('SREM', mine .. 'pairs', subject .. ':' .. detail) == 1 and leave(subject, detail) then
    table.insert(went, subject)
    table.insert(went, detail)
  end
end
return {1, came, went, changed, totals}`;

/**
 * node, after how many ms without a beat one is dead, after how many without anybody's Redis itself was away:
 * then nobody is blamed, and all count from now.
 * → [1, the dead ones], [0] if the node is not in it (any more).
 */
export const BEAT = `${COMMON}
if not isIn(ARGV[1]) then return {0, {}} end
local now = nowMs()
local last = tonumber(redis.call('GET', P .. 'beat') or '0')
if now - last > tonumber(ARGV[3]) then
  for _, node in ipairs(redis.call('ZRANGEBYSCORE', P .. 'nodes', 1, '+inf')) do redis.call('ZADD', P .. 'nodes', now, node) end
end
redis.call('SET', P .. 'beat', now)
redis.call('ZADD', P .. 'nodes', now, ARGV[1])
return {1, redis.call('ZRANGEBYSCORE', P .. 'nodes', '-inf', now - tonumber(ARGV[2]))}`;

/**
 * node, how many entries at most → clears away so much of what it has added; it has no place any more from the first time on.
 * → [1 if that was all of it, went, users that went]
 */
export const CLEAR = `${COMMON}
local node, most = ARGV[1], tonumber(ARGV[2])
local theirs = P .. 'node:' .. node .. ':'
redis.call('ZADD', P .. 'nodes', 0, node)
local went, changed = {}, {}
local pairs_ = redis.call('SPOP', theirs .. 'pairs', most)
for _, pair in ipairs(pairs_) do
  local chat, user = string.match(pair, '^(%d+):(%d+)$')
  if leave(chat, user) then
    table.insert(went, chat)
    table.insert(went, user)
  end
end
if #pairs_ == most then return {0, went, changed} end
local users = redis.call('HRANDFIELD', theirs .. 'users', most, 'WITHVALUES')
for at = 1, #users, 2 do
  if add(P .. 'online', users[at], -users[at + 1]) <= 0 then table.insert(changed, users[at]) end
  redis.call('HDEL', theirs .. 'users', users[at])
end
if #users == 2 * most then return {0, went, changed} end
local transports = redis.call('HGETALL', theirs .. 'transports')
for at = 1, #transports, 2 do add(P .. 'transports', transports[at], -transports[at + 1]) end
redis.call('DEL', theirs .. 'transports')
redis.call('ZREM', P .. 'nodes', node)
return {1, went, changed}`;
