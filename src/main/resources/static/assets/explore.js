import './explore-topic.js';

// The tree of topics. Its levels are drawn by the server; this opens and closes them, and keeps those that can be seen up to
// date: one request for all of them, at most once a second.
const tree = document.querySelector('#tree');
const posts = document.querySelector('#posts');
const area = tree?.querySelector('.levels');
const root = area?.querySelector('.level');
const REFRESH = 1000;
const FILTERED_REFRESH = 5000; // a filter looks at all topics
const MOST_LEVELS = 40;

const inside = (li, part) => li.querySelector(`:scope > ${part}`);
const toggleOf = (li) => inside(li, '.node > .toggle');

async function post(address, more) {
  const body = new URLSearchParams(new FormData(posts));
  body.append('brokerId', tree.elements.brokerId.value);
  body.append('contains', tree.elements.contains.value);
  more.forEach(([name, value]) => body.append(name, value));
  const answer = await fetch(address, { method: 'POST', body, headers: { 'HX-Request': 'true' } });
  if (!answer.ok || answer.redirected) {
    throw new Error(`The server answered ${answer.status}`);
  }
  return [...new DOMParser().parseFromString(await answer.text(), 'text/html').querySelectorAll('body > ul')];
}

function live(element) {
  htmx.process(element);
  htmx.trigger(element, 'htmx:load', { elt: element });
}

function take(level, fresh) {
  for (const name of ['next', 'until']) {
    level.dataset[name] = fresh.dataset[name] ?? '';
  }
  const rows = [...fresh.children];
  level.append(...rows);
  rows.forEach(live);
}

async function load(level) {
  level.setAttribute('aria-busy', 'true');
  try {
    const [fresh] = await post(posts.action, [['under', level.dataset.under ?? '']]);
    level.replaceChildren();
    level.dataset.since = fresh.dataset.since;
    take(level, fresh);
  } finally {
    level.removeAttribute('aria-busy');
  }
}

async function more(row) {
  const level = row.parentElement;
  const asked = [['under', level.dataset.under ?? ''], ['cursor', level.dataset.next]];
  const [fresh] = await post(posts.action, asked);
  const first = fresh.firstElementChild;
  row.remove();
  take(level, fresh);
  first?.querySelector('a, button')?.focus();
}

async function open(li, opened) {
  const level = inside(li, '.level');
  toggleOf(li).setAttribute('aria-expanded', String(opened));
  level.hidden = !opened;
  if (opened && level.dataset.since === undefined) {
    try {
      await load(level);
    } catch (e) {
      console.warn(e);
      await open(li, false); // so that it can be opened again
    }
  } else if (opened) {
    refresh();
  }
}

// --- what changed

function seen(level) {
  if (level === root) {
    return true; // it may be empty still
  }
  const box = level.getBoundingClientRect();
  const pane = area.getBoundingClientRect();
  return box.height > 0
    && box.bottom > Math.max(0, pane.top) && box.top < Math.min(window.innerHeight, pane.bottom);
}

const shape = (node) => [...node.children].map((child) => child.className).join(' ');

function update(li, fresh) {
  const old = inside(li, '.node');
  const node = inside(fresh, '.node');
  if (shape(old) === shape(node)) {
    [...old.children].forEach((child, i) => {
      if (child.matches('.value, .counts') && child.outerHTML !== node.children[i].outerHTML) {
        child.replaceWith(node.children[i].cloneNode(true));
      }
    });
    htmx.trigger(old, 'htmx:load', { elt: old });
  } else { // it became a topic itself, or got a level below
    const focused = old.contains(document.activeElement);
    const level = inside(li, '.level');
    if (level) {
      node.querySelector('.toggle')?.setAttribute('aria-expanded', String(!level.hidden));
    } else if (inside(fresh, '.level')) {
      li.append(inside(fresh, '.level'));
    }
    old.replaceWith(node);
    live(node);
    if (focused) {
      node.querySelector('a, button')?.focus();
    }
  }
  const shown = inside(li, '.node');
  shown.classList.remove('changed');
  requestAnimationFrame(() => shown.classList.add('changed'));
}

// as the server orders them: by code points
function before(one, other) {
  const a = [...one];
  const b = [...other];
  const i = a.findIndex((c, place) => c !== b[place]);
  return i < 0 ? a.length < b.length : b[i] !== undefined && a[i].codePointAt(0) < b[i].codePointAt(0);
}

function merge(level, fresh) {
  const rows = new Map([...level.children].map((li) => [li.dataset.path, li]));
  for (const row of [...fresh.children].filter((li) => !li.matches('.more'))) {
    const known = rows.get(row.dataset.path);
    if (known) {
      update(known, row);
    } else {
      const name = row.dataset.name ?? '';
      const next = [...level.children].find((li) => li.matches('.more') || before(name, li.dataset.name ?? ''));
      level.insertBefore(row, next ?? null);
      live(row);
      inside(row, '.node').classList.add('changed');
    }
  }
  if (!fresh.dataset.next) { // else some are left for the next time
    level.dataset.since = fresh.dataset.since;
  }
}

let waiting = false;
let busy = false;
let last = 0;

async function refresh() {
  if (busy || waiting) {
    waiting = true;
    return;
  }
  const pause = tree.elements.contains.value.trim() ? FILTERED_REFRESH : REFRESH;
  const wait = last + pause - performance.now();
  if (wait > 0) {
    waiting = true;
    setTimeout(() => { waiting = false; refresh(); }, wait);
    return;
  }
  busy = true;
  try {
    const levels = [...tree.querySelectorAll('.level[data-since]')].filter(seen).slice(0, MOST_LEVELS);
    const asked = levels.flatMap((level) => [
      ['under', level.dataset.under ?? ''], ['until', level.dataset.until ?? ''], ['since', level.dataset.since]]);
    if (levels.length) {
      const fresh = await post(posts.dataset.changes, asked);
      levels.forEach((level, i) => fresh[i] && level.isConnected && merge(level, fresh[i]));
      empty();
    }
  } catch (e) {
    console.warn(e); // the next event tries again
  } finally {
    last = performance.now();
    busy = false;
    if (waiting) {
      waiting = false;
      refresh();
    }
  }
}

function empty() {
  const filtered = tree.elements.contains.value.trim() !== '';
  document.querySelector('#no-topics').hidden = root.childElementCount > 0;
  document.querySelector('#no-match').hidden = !filtered;
  document.querySelector('#no-message').hidden = filtered;
}

// --- the filter; the tree as it was comes back with its open levels

let kept;
let typing;

async function filter() {
  const filtered = tree.elements.contains.value.trim() !== '';
  if (filtered && !kept && !root.dataset.filtered) {
    kept = { rows: [...root.children], data: { ...root.dataset } };
  }
  if (!filtered && kept) {
    root.replaceChildren(...kept.rows);
    Object.assign(root.dataset, kept.data);
    kept = undefined;
    refresh();
  } else {
    await load(root);
  }
  delete root.dataset.filtered;
  empty();
}

// --- keys: as in other trees, beside the tab key

function rows() {
  return [...tree.querySelectorAll('.node, .more')]
    .filter((node) => node.getClientRects().length)
    .map((node) => [...node.querySelectorAll('a, button')]);
}

function move(event) {
  const li = event.target.closest('li');
  const opened = toggleOf(li)?.getAttribute('aria-expanded') === 'true';
  const all = rows();
  const here = all.findIndex((row) => row.includes(event.target));
  const focus = (row) => row?.[0]?.focus();
  const acts = {
    ArrowDown: () => focus(all[here + 1]),
    ArrowUp: () => focus(all[here - 1]),
    Home: () => focus(all[0]),
    End: () => focus(all.at(-1)),
    ArrowRight: () => (opened || !toggleOf(li) ? focus(all[here + 1]) : open(li, true)),
    ArrowLeft: () => (opened ? open(li, false) : li.parentElement.closest('li')?.querySelector('.node a, .node button').focus()),
  };
  if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
}

function choose(link) {
  tree.querySelector('a[aria-current]')?.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
}

if (tree) {
  area.inert = false; // before this script ran a click would be lost
  area.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    const li = event.target.closest('li');
    if (button?.matches('.toggle')) {
      open(li, button.getAttribute('aria-expanded') !== 'true');
    } else if (button) {
      more(li);
    } else if (event.target.closest('a')) {
      choose(event.target.closest('a'));
    }
  });
  area.addEventListener('keydown', (event) => event.target.closest('li') && move(event));
  area.addEventListener('scrollend', refresh);
  document.addEventListener('scrollend', refresh);
  tree.elements.brokerId.addEventListener('change', () => tree.requestSubmit());
  if (tree.elements.contains.value) {
    root.dataset.filtered = 'true';
  }
  tree.elements.contains.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(filter, 300);
  });
}

// --- the stream of the page, and what comes into it

const sources = new WeakSet();
document.addEventListener('htmx:sseOpen', (event) => {
  const source = event.detail.source;
  if (tree && !sources.has(source)) {
    sources.add(source);
    source.addEventListener('topics', refresh);
    source.addEventListener('beat', refresh);
    source.addEventListener('history', () => document.dispatchEvent(new Event('explore:history')));
  }
});
