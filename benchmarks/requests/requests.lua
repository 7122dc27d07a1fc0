-- For wrk: sends the requests of the file REQUESTS (divided by zero bytes) in turn, and writes what
-- was counted as one line of JSON.

local requests, number = {}, 0
local file = assert(io.open(os.getenv("REQUESTS"), "rb"))
for each in file:read("*a"):gmatch("[^%z]+") do
  requests[#requests + 1] = each
end
file:close()

function request()
  number = number % #requests + 1
  return requests[number]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"answers": %d, "bytes": %d, "seconds": %.6f, "p50": %.3f, "p99": %.3f, "refused": %d, "lost": %d}\n',
    summary.requests, summary.bytes, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
