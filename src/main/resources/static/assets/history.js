// New messages on top of the list, as they come. While the reader is elsewhere, or asked for a pause, they wait.
const SHOWN = 300;
const WAITING = 50;
const TOP = 200;
const FEW = 10; // where all is new nothing has to stand out, and drawing it would take the browser's time

const list = document.getElementById('messages');
const arrivals = document.getElementById('arrivals');
const pause = document.getElementById('pause');
const news = document.getElementById('news');
const overrun = document.getElementById('overrun');

const waiting = new Map();
let missed = false; // more waits than is kept
let paused = false;
let since = arrivals?.dataset.since;

const order = (row) => Number(row.dataset.order);
const isMessage = (row) => row.dataset.number !== undefined;
const find = (row) => document.getElementById(row.id);
const held = () => paused || window.scrollY > TOP;

function isAbove(row, other) {
  const difference = order(row) - order(other);
  return difference > 0 || (difference === 0 && Number(row.dataset.number ?? 0) > Number(other.dataset.number ?? 0));
}

function insert(row) {
  let below = list.firstElementChild;
  while (below && below.dataset.order !== undefined && !isAbove(row, below)) {
    below = below.nextElementSibling;
  }
  list.insertBefore(row, below);
}

// The list ends behind that row, and goes on from there when somebody scrolls to its end.
function cutBehind(row) {
  if (!row.nextElementSibling || row.nextElementSibling.matches('.more, .end')) {
    return;
  }
  while (row.nextElementSibling) {
    row.nextElementSibling.remove();
  }
  const at = new URLSearchParams({ above: row.dataset.at, behind: row.dataset.number });
  const path = list.dataset.more + (list.dataset.more.includes('?') ? '&' : '?') + at;
  const more = document.createElement('tr');
  more.className = 'more';
  more.setAttribute('hx-get', path);
  more.setAttribute('hx-trigger', 'revealed');
  more.setAttribute('hx-swap', 'outerHTML');
  const cell = more.insertCell();
  cell.colSpan = 7;
  cell.textContent = 'Older messages';
  list.append(more);
  htmx.process(more);
}

// Takes rows in, newest first; full says that there are more which are older than all of them.
function take(rows, full) {
  const fresh = rows.filter((row) => isMessage(row) && !find(row));
  rows.filter((row) => !isMessage(row)).forEach((gap) => {
    find(gap)?.remove();
    insert(gap);
  });
  fresh.forEach((row) => {
    row.classList.toggle('fresh', fresh.length <= FEW);
    insert(row);
  });
  const oldest = rows.filter(isMessage).at(-1);
  const leavesOut = full && oldest !== undefined && fresh.includes(oldest);
  if (leavesOut) {
    cutBehind(oldest);
  }
  const messages = list.querySelectorAll('[data-number]');
  if (messages.length > SHOWN) {
    cutBehind(messages[SHOWN - 1]);
  }
  if (fresh.length > 0) {
    overrun.hidden = !leavesOut;
  }
  if (rows.length > 0) {
    document.getElementById('nothing')?.remove();
    list.closest('table').classList.remove('none');
  }
}

function keep(rows, full) {
  const fresh = rows.filter((row) => !find(row) && !waiting.has(row.id));
  const oldest = rows.filter(isMessage).at(-1);
  missed ||= full && oldest !== undefined && fresh.includes(oldest);
  fresh.forEach((row) => waiting.set(row.id, row));
  const inOrder = [...waiting.values()].sort((one, other) => (isAbove(one, other) ? -1 : 1));
  inOrder.slice(WAITING).forEach((row) => {
    missed = true;
    waiting.delete(row.id);
  });
  tell();
}

function tell() {
  const count = [...waiting.values()].filter(isMessage).length;
  news.hidden = count === 0;
  news.textContent = missed
    ? `More than ${WAITING} new messages: show the newest`
    : `${count} new ${count === 1 ? 'message' : 'messages'}: show`;
}

function release() {
  const rows = [...waiting.values()].sort((one, other) => (isAbove(one, other) ? -1 : 1));
  const full = missed;
  waiting.clear();
  missed = false;
  take(rows, full);
  tell();
}

function setPaused(now) {
  paused = now;
  pause.setAttribute('aria-pressed', String(paused));
  pause.textContent = paused ? 'Go on' : 'Pause';
  if (!held()) {
    release();
  }
}

function arrived() {
  const state = arrivals.querySelector('[data-until]');
  if (!state) {
    return;
  }
  since = state.dataset.until;
  const full = state.dataset.full !== undefined;
  state.remove();
  const rows = [...arrivals.children];
  arrivals.replaceChildren();
  if (held()) {
    keep(rows, full);
  } else {
    take(rows, full);
  }
}

if (arrivals) {
  arrivals.addEventListener('htmx:configRequest', (event) => {
    event.detail.parameters.since = since;
  });
  arrivals.addEventListener('htmx:afterSwap', arrived);
  pause.hidden = false;
  pause.addEventListener('click', () => setPaused(!paused));
  news.addEventListener('click', () => {
    window.scrollTo({ top: 0 });
    paused = false;
    setPaused(false);
    release();
  });
  window.addEventListener(
    'scroll',
    () => {
      if (waiting.size > 0 && !held()) {
        release();
      }
    },
    { passive: true },
  );
}
