'use strict';
// The page asks for its data each second and draws it. Nothing comes from elsewhere, and nothing can be commanded from here.
const $ = id => document.getElementById(id);
const pointsMax = 600, periodMs = 1000, ringFullPercent = 80;
let points = [], next = 0, failures = 0;

const number = (value, digits = 0) => value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const count = value => Math.abs(value) >= 1e9 ? number(value / 1e9, 2) + ' G' : Math.abs(value) >= 1e6 ? number(value / 1e6, 2) + ' M' : number(value, Math.abs(value) < 10 && value % 1 ? 1 : 0);
const dollars = value => Math.abs(value) >= 1e9 ? number(value / 1e6, 2) + ' M' : number(value, Math.abs(value) >= 1e6 ? 0 : 2);
const us = (value, of = 1) => of === 0 ? '-' : value < 1e3 ? number(value, 1) + ' us' : value < 1e6 ? number(value / 1e3, 1) + ' ms' : number(value / 1e6, 1) + ' s';
const percent = value => value < 0 ? '-' : number(value, 1) + ' %';
const seconds = value => value < 0 ? '-' : value < 10 ? number(value, 1) + ' s' : value < 60 ? number(value) + ' s' : value < 3600 ? Math.floor(value / 60) + ' m ' + String(Math.floor(value % 60)).padStart(2, '0') + ' s' : Math.floor(value / 3600) + ' h ' + String(Math.floor(value % 3600 / 60)).padStart(2, '0') + ' m';

// Text is set as text: no name of a ticker or a node can become markup.
function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function fill(table, heads, rows) {
  const head = element('tr');
  heads.forEach(text => head.append(element('th', text.replace('<', ''), text.startsWith('<') ? 'left' : '')));
  table.replaceChildren(head, ...rows.map(cells => {
    const row = element('tr');
    cells.forEach((cell, i) => {
      const made = element('td', cell instanceof Node ? undefined : cell, heads[i].startsWith('<') ? 'left' : '');
      if (cell instanceof Node) made.append(cell);
      row.append(made);
    });
    return row;
  }));
}

function bar(value) {
  const outer = element('span', undefined, 'bar'), inner = element('i', undefined, value >= ringFullPercent ? 'warning' : '');
  inner.style.width = Math.max(value > 0 ? 1 : 0, Math.min(100, value)) + '%';
  outer.append(inner);
  return outer;
}

const charts = [
  { title: 'Offers per second', of: p => [p.offersPerSecond], text: count },
  { title: 'Executes, dashed executions per second', of: p => [p.executesPerSecond, p.executionsPerSecond], text: count },
  { title: 'Packet to order: p99, dashed p50', of: p => [p.tickToOrderP99Us, p.tickToOrderP50Us], text: us },
  { title: 'Profit of the day, dollars', of: p => [p.dayProfit], text: dollars, axis: count, signed: true },
  { title: 'Fullest ring', of: p => [p.fullestRingPercent], text: percent },
  { title: 'Age of prices: oldest, dashed median', of: p => [p.oldestPriceSeconds, p.medianPriceSeconds], text: seconds },
];

for (const chart of charts) {
  const figure = element('figure'), caption = element('figcaption');
  chart.value = element('b', '-');
  chart.canvas = element('canvas');
  caption.append(element('span', chart.title), chart.value);
  figure.append(caption, chart.canvas);
  $('charts').append(figure);
}

// A step that people read: 1, 2 or 5 times a power of ten.
function niceStep(span) {
  const power = 10 ** Math.floor(Math.log10(span || 1));
  return [1, 2, 5, 10].map(digit => digit * power).find(step => span / step <= 4) || power * 10;
}

function draw(chart) {
  const canvas = chart.canvas, scale = window.devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext('2d'), style = getComputedStyle(document.documentElement), colour = name => style.getPropertyValue(name);
  pen.scale(scale, scale);
  pen.font = '11px system-ui, "DejaVu Sans", sans-serif';
  if (points.length === 0) return;
  const curves = chart.of(points[0]).map((_, i) => points.map(point => chart.of(point)[i]));
  chart.value.textContent = chart.of(points[points.length - 1]).map(value => chart.text(value)).join(' / ');
  let top = Math.max(...curves.map(curve => Math.max(...curve))), bottom = Math.min(...curves.map(curve => Math.min(...curve)));
  if (!chart.signed) bottom = 0;
  if (top === bottom) top = bottom + 1;
  const step = niceStep(top - bottom);
  top = Math.ceil(top / step) * step;
  bottom = Math.floor(bottom / step) * step;
  const left = 62, right = width - 4, head = 6, foot = height - 16;
  const x = i => left + (right - left) * (pointsMax - points.length + i) / (pointsMax - 1), y = value => foot - (foot - head) * (value - bottom) / (top - bottom);
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (let value = bottom; value <= top + step / 2; value += step) {
    pen.strokeStyle = colour('--line');
    pen.beginPath();
    pen.moveTo(left, Math.round(y(value)) + .5);
    pen.lineTo(right, Math.round(y(value)) + .5);
    pen.stroke();
    pen.fillStyle = colour('--quiet');
    pen.fillText((chart.axis ?? chart.text)(value), left - 5, y(value));
  }
  pen.textBaseline = 'bottom';
  pen.textAlign = 'left';
  pen.fillText('-10 min', left, height);
  pen.textAlign = 'right';
  pen.fillText('now', right, height);
  curves.forEach((curve, n) => {
    pen.strokeStyle = colour(n === 0 ? '--curve' : '--second');
    pen.lineWidth = 1.5;
    pen.setLineDash(n === 0 ? [] : [4, 3]);
    pen.beginPath();
    curve.forEach((value, i) => i === 0 ? pen.moveTo(x(i), y(value)) : pen.lineTo(x(i), y(value)));
    pen.stroke();
  });
  pen.setLineDash([]);
}

function card(value, what) {
  const made = element('div');
  made.append(element('b', value), element('span', what));
  return made;
}

function show(data) {
  const f = data.figures;
  if (!f) return say('NO ENGINE', 'critical', data.problem || '');
  $('node').textContent = f.node || 'market maker';
  document.title = f.state + ' ' + f.node;
  $('state').textContent = f.state;
  $('state').className = 'badge ' + f.health;
  $('session').textContent = 'order session ' + f.session + ', up ' + seconds(f.uptimeSeconds) + ', heartbeat ' + seconds(f.heartbeatAgeSeconds) + ' ago, process ' + f.processId;
  $('when').textContent = f.at.replace('T', ' ').slice(0, 19) + ' UTC';
  $('alarms').replaceChildren(...f.alarms.map(alarm => {
    const line = element('div', undefined, alarm.severity);
    line.append(element('b', alarm.id), element('span', alarm.text));
    return line;
  }));
  const flow = f.flow, money = f.money, prices = f.prices, lags = f.lags;
  $('numbers').replaceChildren(
    card(count(flow.offersPerSecond) + '/s', count(flow.offersSeen) + ' offers seen, lost ' + count(flow.messagesLost)),
    card(count(flow.executesPerSecond) + '/s', count(flow.executes) + ' orders sent, ' + count(flow.inFlight) + ' in flight'),
    card(percent(flow.recentWinPercent), 'won now; ' + percent(flow.winPercent) + ' of ' + count(flow.wins + flow.losses)),
    card(dollars(money.dayProfit), 'profit today; equity ' + count(money.equity)),
    card(percent(money.usedPercent), 'of capital used; stock ' + count(money.stock)),
    card(count(lags.unshipped), 'not in database, of ' + count(lags.booked)));
  fill($('stages'), ['stage', 'core', 'events/s', 'busy', 'cpu', 'waits', 'stalls'],
    f.stages.map(s => [s.name, s.core < 0 ? '-' : String(s.core), count(s.workPerSecond), percent(s.busyPercent), percent(s.cpuPercent), percent(s.waitPercent), count(s.stalls)]));
  fill($('rings'), ['ring', '<last second', 'now', 'highest', 'slots'],
    f.rings.map(r => [r.name, bar(r.recentPercent), count(r.backlog), count(r.highWater), count(r.slots)]));
  fill($('hops'), ['path', 'count', 'p50', 'p99', 'p99.9', 'max ever'],
    f.hops.map(h => [h.name, count(h.count), us(h.p50Us, h.count), us(h.p99Us, h.count), us(h.p999Us, h.count), us(h.maxUs)]));
  fill($('refusals'), ['reason', '<by', 'count', 'per second'],
    f.refusals.slice(0, 10).map(r => [r.reason, r.stage, count(r.count), count(r.perSecond)]));
  fill($('wins'), ['orders', '<edge', 'tries', 'won', 'P(win)'],
    f.wins.map(w => [w.side, w.edge, count(w.tries), count(w.won), percent(w.probabilityPercent)]));
  const wanted = $('filter').value.toUpperCase(), tickers = f.tickers.filter(t => t.ticker.includes(wanted) || t.state.toUpperCase().includes(wanted));
  fill($('tickers'), ['ticker', 'shares', 'used', 'price', 'age', 'open orders', '<state'],
    tickers.slice(0, 100).map(t => [t.ticker, count(t.shares), dollars(t.used), dollars(t.price), seconds(t.priceAgeSeconds), count(t.inFlight), t.state]));
  charts.forEach(draw);
}

function say(state, health, text) {
  $('state').textContent = state;
  $('state').className = 'badge ' + health;
  $('session').textContent = text;
  document.title = state;
}

async function turn() {
  try {
    const answer = await fetch('/data.json?from=' + next, { cache: 'no-store' });
    const data = await answer.json();
    // A console that was started anew counts from the beginning.
    if (data.next < next) points = [];
    points = points.concat(data.points).slice(-pointsMax);
    next = data.next;
    failures = 0;
    show(data);
  } catch (failure) {
    // Old figures that look alive are worse than none.
    if (++failures >= 2) say('NO CONSOLE', 'critical', 'mm-console serve does not answer; what stands below is old');
  }
  setTimeout(turn, periodMs);
}

turn();
