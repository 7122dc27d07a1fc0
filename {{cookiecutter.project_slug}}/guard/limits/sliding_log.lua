-- One step for any number of rules: look at all of them, then count in all or in none.
--
-- KEYS: for each rule a list of the times, in microseconds, at which a request was counted.
-- ARGV: for each rule four numbers: count, period in microseconds, counts (1 or 0), refuses (1 or 0).
-- Answers for each rule three numbers: had room (1 or 0), used, microseconds until the oldest leaves.
--
-- Redis runs a script as one command, so nothing comes between looking and counting. The clock is
-- that of Redis, one for all callers. A list never holds more than `count` times.

local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local passes = true
local rules = {}

-- Where the first time after `limit` is; the times are in order.
local function first_after(key, limit, length)
  local low, high = 0, length
  while low < high do
    local middle = math.floor((low + high) / 2)
    if tonumber(redis.call('LINDEX', key, middle)) > limit then
      high = middle
    else
      low = middle + 1
    end
  end
  return low
end

for i, key in ipairs(KEYS) do
  local count, period = tonumber(ARGV[4 * i - 3]), tonumber(ARGV[4 * i - 2])
  local used = redis.call('LLEN', key)
  local time = now
  if used > 0 then
    -- A clock that was set back must not bring the times out of order.
    time = math.max(now, tonumber(redis.call('LINDEX', key, -1)))
    if tonumber(redis.call('LINDEX', key, 0)) <= time - period then
      local gone = first_after(key, time - period, used)
      redis.call('LTRIM', key, gone, -1)
      used = used - gone
    end
  end
  local room = used < count
  passes = passes and (room or ARGV[4 * i] == '0')
  rules[i] = { period = period, used = used, time = time, room = room }
end

local answer = {}
for i, key in ipairs(KEYS) do
  local rule = rules[i]
  if passes and rule.room and ARGV[4 * i - 1] == '1' then
    redis.call('RPUSH', key, string.format('%.0f', rule.time))
    redis.call('PEXPIRE', key, math.ceil(rule.period / 1000))
    rule.used = rule.used + 1
  end
  local oldest = rule.used > 0 and tonumber(redis.call('LINDEX', key, 0)) or rule.time
  answer[3 * i - 2] = rule.room and 1 or 0
  answer[3 * i - 1] = rule.used
  answer[3 * i] = oldest + rule.period - rule.time
end
return answer
