-- For wrk: sends the requests of the file REQUESTS (divided by zero bytes) in turn, counts the answers
-- by their status, and writes what was counted as one line of JSON. With PAUSE each connection waits
-- before a request, as many milliseconds in the middle, now less and now more.

local pause = tonumber(os.getenv("PAUSE") or "0")
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init()
  requests, number, statuses = {}, 0, {}
  local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
  for each in file:read("*a"):gmatch("[^%z]+") do
    requests[#requests + 1] = each
  end
  file:close()
end

function request()
  number = number % #requests + 1
  return requests[number]
end

if pause > 0 then
  function delay()
    return math.random(0, 2 * pause)
  end
end

function response(status)
  statuses[status] = (statuses[status] or 0) + 1
end

function done(summary, latency)
  local counted, parts = {}, {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("statuses")) do
      counted[status] = (counted[status] or 0) + count
    end
  end
  for status, count in pairs(counted) do
    parts[#parts + 1] = string.format('"%d": %d', status, count)
  end
  local errors = summary.errors
  io.write(string.format(
    '{"answers": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "statuses": {%s}, "lost": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    table.concat(parts, ", "), errors.connect + errors.read + errors.write + errors.timeout
  ))
end
