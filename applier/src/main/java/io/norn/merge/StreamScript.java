package io.norn.merge;

/**
 * The script that brings changes into a stream, at one moment of the server.
 *
 * <p>A server adds no entry below the last ID. So the entries above a late one are taken off, the
 * last ID is set back, and all are added in their order: that costs as much as there is above it,
 * and leaves groups and what is pending in them as they are. {@code XSETID} refuses to go below the
 * largest ID that was ever deleted; but with {@code MAXDELETEDID} it sets that one (seen on Redis
 * 7.0.15 and Valkey 8.0.1 and 9.1.2).
 */
final class StreamScript {
  /**
   * {@code KEYS[1]}: the stream. Arguments: operations, each a letter, the number of its arguments,
   * and those: add entries ({@code A} id fields), make the stream ({@code E}), raise its last ID
   * ({@code I} id); create a group or set its last ID ({@code G} group id), raise that ({@code L}
   * group id), destroy it ({@code X} group); create and delete a consumer ({@code C}, {@code R}
   * group consumer); deliver an entry ({@code P} group consumer id time count), also one that is
   * gone here but was there where it was delivered ({@code Q}), acknowledge it ({@code K} group
   * id); delete an entry ({@code D} id), trim ({@code T} first id, ids to spare).
   */
  static final String TEXT =
      """
      local key = KEYS[1]
      local function below(a, b)
        if #a ~= #b then return #a < #b end
        return a < b
      end
      local function less(x, y)
        local xm, xs = string.match(x, '^(%d+)-(%d+)$')
        local ym, ys = string.match(y, '^(%d+)-(%d+)$')
        if xm ~= ym then return below(xm, ym) end
        return below(xs, ys)
      end
      local function map(reply)
        local result = {}
        for i = 1, #reply, 2 do result[reply[i]] = reply[i + 1] end
        return result
      end
      local type = redis.call('TYPE', key).ok
      if type ~= 'stream' and type ~= 'none' then
        return redis.error_reply('WRONGTYPE of a stream that changes are for')
      end
      local function info()
        if type == 'none' then return {['last-generated-id'] = '0-0'} end
        return map(redis.call('XINFO', 'STREAM', key))
      end
      local function add(id, fields)
        redis.call('XADD', key, id, unpack(fields))
        type = 'stream'
      end
      local function same(a, b)
        if #a ~= #b then return false end
        for i = 1, #a do
          if a[i] ~= b[i] then return false end
        end
        return true
      end
      local function remove(ids)
        for from = 1, #ids, 500 do
          redis.call('XDEL', key, unpack(ids, from, math.min(from + 499, #ids)))
        end
      end
      local function merge(tail, ids, late)
        local t = 1
        for i = 1, #ids do
          while tail[t] and less(tail[t][1], ids[i]) do
            add(tail[t][1], tail[t][2])
            t = t + 1
          end
          if tail[t] and tail[t][1] == ids[i] then t = t + 1 end
          add(ids[i], late[ids[i]])
        end
        for i = t, #tail do add(tail[i][1], tail[i][2]) end
      end
      local function missing(late)
        local ids = {}
        local new = 0
        for id, fields in pairs(late) do
          local there = redis.call('XRANGE', key, id, id)
          if not there[1] then new = new + 1 end
          if not (there[1] and same(there[1][2], fields)) then ids[#ids + 1] = id end
        end
        table.sort(ids, less)
        return ids, new
      end
      local function restore(before, new)
        local last = before['last-generated-id']
        local set = {'XSETID', key, last, 'ENTRIESADDED', before['entries-added'] + new}
        if before['max-deleted-entry-id'] ~= '0-0' then
          set[#set + 1] = 'MAXDELETEDID'
          set[#set + 1] = before['max-deleted-entry-id']
        end
        redis.call(unpack(set))
      end
      local function insert(late)
        local ids, new = missing(late)
        if #ids == 0 then return end
        if ids[1] == '0-1' then return redis.error_reply('ERR no late entry can be 0-1') end
        local before = info()
        local tail = redis.call('XRANGE', key, ids[1], '+')
        local above = {}
        for i = 1, #tail do
          if #tail[i][2] > 7000 then return redis.error_reply('ERR an entry is too large') end
          above[i] = tail[i][1]
        end
        remove(above)
        local last = before['last-generated-id']
        redis.call('XSETID', key, last, 'MAXDELETEDID', '0-1')
        local top = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)
        redis.call('XSETID', key, top[1] and top[1][1] or '0-1')
        merge(tail, ids, late)
        restore(before, new)
      end
      local function group(name)
        for _, each in ipairs(redis.call('XINFO', 'GROUPS', key)) do
          local found = map(each)
          if found['name'] == name then return found end
        end
      end
      local function resolve(id)
        if string.sub(id, 1, 1) ~= '(' then return id end
        if type == 'none' then return '0-0' end
        local top = redis.call('XREVRANGE', key, id, '-', 'COUNT', 1)
        return top[1] and top[1][1] or '0-0'
      end
      local last = info()['last-generated-id']
      local late = {}
      local operations = {}
      function operations.A(id, ...)
        local fields = {...}
        if less(last, id) then
          add(id, fields)
          last = id
        else
          late[id] = fields
        end
      end
      function operations.E()
        if type == 'none' then
          redis.call('XGROUP', 'CREATE', key, 'norn', '0-0', 'MKSTREAM')
          redis.call('XGROUP', 'DESTROY', key, 'norn')
          type = 'stream'
        end
      end
      function operations.I(id)
        if type == 'stream' and less(last, id) then
          redis.call('XSETID', key, id)
          last = id
        end
      end
      function operations.G(name, id)
        local from = resolve(id)
        local made = redis.pcall('XGROUP', 'CREATE', key, name, from, 'MKSTREAM')
        if made.err then redis.call('XGROUP', 'SETID', key, name, from) end
        type = 'stream'
      end
      function operations.L(name, id)
        local found = group(name)
        if found and less(found['last-delivered-id'], id) then
          redis.call('XGROUP', 'SETID', key, name, id)
        end
      end
      function operations.X(name) redis.call('XGROUP', 'DESTROY', key, name) end
      function operations.C(name, consumer)
        redis.pcall('XGROUP', 'CREATECONSUMER', key, name, consumer)
      end
      function operations.R(name, consumer)
        redis.pcall('XGROUP', 'DELCONSUMER', key, name, consumer)
      end
      function operations.P(name, consumer, id, time, count)
        redis.pcall('XCLAIM', key, name, consumer, '0', id, 'TIME', time, 'RETRYCOUNT', count,
            'FORCE', 'JUSTID')
      end
      -- A server makes nothing pending that is gone: it is put back for a moment.
      function operations.Q(name, consumer, id, time, count)
        if not group(name) or less(last, id) then return end
        local isGone = #redis.call('XRANGE', key, id, id) == 0
        local before = info()
        if isGone then insert({[id] = {'-', '-'}}) end
        operations.P(name, consumer, id, time, count)
        if isGone and #redis.call('XRANGE', key, id, id) == 1 then
          redis.call('XDEL', key, id)
          restore(before, 0)
        end
      end
      function operations.K(name, id) redis.call('XACK', key, name, id) end
      function operations.D(id) redis.call('XDEL', key, id) end
      function operations.T(first, ...)
        local spared = {}
        for _, id in ipairs({...}) do spared[id] = true end
        -- Late entries have left deleted ones behind, at the first of which a server ends its search.
        if not next(spared) then redis.call('XTRIM', key, 'MINID', '=', first) end
        local gone = {}
        for _, entry in ipairs(redis.call('XRANGE', key, '-', '(' .. first)) do
          if not spared[entry[1]] then gone[#gone + 1] = entry[1] end
        end
        remove(gone)
      end
      local i = 1
      while i <= #ARGV do
        local letter = ARGV[i]
        if letter ~= 'A' and next(late) then
          local failed = insert(late)
          if failed then return failed end
          late = {}
        end
        local behind = i + 2 + tonumber(ARGV[i + 1])
        if letter == 'A' or letter == 'E' or letter == 'G' or type == 'stream' then
          operations[letter](unpack(ARGV, i + 2, behind - 1))
        end
        i = behind
      end
      if next(late) then return insert(late) end
      """;

  private StreamScript() {}
}
