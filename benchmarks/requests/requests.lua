-- For wrk: sends the requests of the file REQUESTS (divided by zero bytes) in turn, counts the answers
-- that have not the status STATUS, and writes what was counted as one line of JSON.

local expected = tonumber(os.getenv("STATUS"))
local threads = {}

function setup(thread)
  threads[#threads + 1] = thread
end

function init()
  requests, number, unexpected, last = {}, 0, 0, 0
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

function response(status)
  if status ~= expected then
    unexpected, last = unexpected + 1, status
  end
end

function done(summary, latency)
  local unexpected, last = 0, 0
  for _, thread in ipairs(threads) do
    unexpected = unexpected + thread:get("unexpected")
    last = math.max(last, thread:get("last"))
  end
  local errors = summary.errors
  io.write(string.format(
    '{"answers": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "unexpected": %d, "last": %d, "lost": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    unexpected, last, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
