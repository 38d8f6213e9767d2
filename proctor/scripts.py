"""What Redis does in one step with a source's hash, in its own language.

Each frame is taken under a number, its ticket; an outcome is counted only for the frame that is out, so that
received = analysed + dropped + refused + late + timed_out + waiting + in work, whoever is killed when.
"""

# Keys: the source's hash. Values: seq, captured, received, JPEG, seconds to keep.
PUT = """
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
local taken = tonumber(redis.call('HGET', KEYS[1], 'taken') or 0)
redis.call('HSET', KEYS[1], 'seq', ARGV[1], 'captured', ARGV[2], 'received', ARGV[3], 'jpeg', ARGV[4],
  'version', version + 1)
redis.call('EXPIRE', KEYS[1], ARGV[5])
return version > taken and 1 or 0
"""

OUT = """
local function out()
  local found = redis.call('HMGET', KEYS[1], 'count', 'analysed', 'refused', 'late', 'timed_out')
  for index = 1, 5 do found[index] = tonumber(found[index] or 0) end
  return found[1] - found[2] - found[3] - found[4] - found[5], found[1]
end
"""

# Values: now. Answer: nothing, or ticket, seq, captured, received, JPEG.
TAKE = (
    OUT
    + """
local version = tonumber(redis.call('HGET', KEYS[1], 'version') or 0)
if version <= tonumber(redis.call('HGET', KEYS[1], 'taken') or 0) then return false end
local lost = out()
if lost > 0 then redis.call('HINCRBY', KEYS[1], 'timed_out', lost) end
redis.call('HSET', KEYS[1], 'taken', version, 'taken_at', ARGV[1])
local ticket = redis.call('HINCRBY', KEYS[1], 'count', 1)
local frame = redis.call('HMGET', KEYS[1], 'seq', 'captured', 'received', 'jpeg')
return {ticket, frame[1], frame[2], frame[3], frame[4]}
"""
)

# Values: ticket, outcome, seconds to keep; for an analysed one also when, received, spacing, runs to keep, and a
# thumbnail with its time or nothing. Answer: whether it counted.
SETTLE = (
    OUT
    + """
local is_out, count = out()
if count ~= tonumber(ARGV[1]) or is_out ~= 1 then return 0 end
redis.call('HINCRBY', KEYS[1], ARGV[2], 1)
redis.call('EXPIRE', KEYS[1], ARGV[3])
if ARGV[2] ~= 'analysed' then return 1 end
redis.call('HSET', KEYS[1], 'analysed_at', ARGV[4])
local runs = cjson.decode(redis.call('HGET', KEYS[1], 'runs') or '[]')
local last, received = runs[#runs], tonumber(ARGV[5])
if last and received >= tonumber(last[2]) and received - tonumber(last[2]) <= tonumber(ARGV[6]) then
  last[2] = ARGV[5]
else
  runs[#runs + 1] = {ARGV[5], ARGV[5]}
  if #runs > tonumber(ARGV[7]) then table.remove(runs, 1) end
end
redis.call('HSET', KEYS[1], 'runs', cjson.encode(runs))
if ARGV[8] then redis.call('HSET', KEYS[1], 'thumb', ARGV[8], 'thumb_at', ARGV[9]) end
return 1
"""
)

CLOCK = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
"""

# Keys: the roster, a sorted set of workers by when they were last heard, on Redis' own clock. Values: the worker.
BEAT = CLOCK + "redis.call('ZADD', KEYS[1], now, ARGV[1])"

# Values: seconds. Answer: the workers heard since; the others are struck off.
ALIVE = (
    CLOCK
    + """
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - tonumber(ARGV[1]))
return redis.call('ZRANGE', KEYS[1], 0, -1)
"""
)

# Keys: the source's hash, the roster. Values: the worker, seconds, seconds to keep. Answer: whether it has it.
CLAIM = (
    OUT
    + CLOCK
    + """
local holder = redis.call('HGET', KEYS[1], 'holder') or '0'
if holder == ARGV[1] then return 1 end
local heard = redis.call('ZSCORE', KEYS[2], holder)
if heard and tonumber(heard) > now - tonumber(ARGV[2]) then return 0 end
local lost = out()
if lost > 0 then redis.call('HINCRBY', KEYS[1], 'timed_out', lost) end
redis.call('HSET', KEYS[1], 'holder', ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
return 1
"""
)

# Keys: the source's hash. Values: the worker.
RELEASE = """
if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then redis.call('HSET', KEYS[1], 'holder', '0') end
"""
