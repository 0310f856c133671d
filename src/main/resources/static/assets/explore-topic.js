import { showPlot } from './explore-plot.js';

// The side of one topic, which htmx draws again and again.
document.addEventListener('htmx:afterSettle', (event) => {
  const topic = event.detail.elt;
  if (topic.id === 'topic' && topic.getBoundingClientRect().top > window.innerHeight / 2) {
    topic.scrollIntoView();
    topic.querySelector('#topic-name')?.focus({ preventScroll: true });
  }
});

// What was closed stays closed when a part is drawn again, and what was scrolled stays there.
const opened = new Map();
document.addEventListener('toggle', (event) => event.target.id && opened.set(event.target.id, event.target.open), true);

const SCROLLED = ['#payload', '.difference', '.recent'];
let scrolled = [];
document.addEventListener('htmx:beforeSwap', (event) => {
  scrolled = event.detail.target.id === 'message'
    ? SCROLLED.map((part) => event.detail.target.querySelector(part)?.scrollTop ?? 0)
    : [];
});

document.addEventListener('htmx:load', (event) => {
  const part = event.detail.elt;
  part.querySelectorAll?.('details[id]').forEach((details) => {
    details.open = opened.get(details.id) ?? details.open;
  });
  if (part.id === 'message') {
    scrolled.forEach((top, i) => part.querySelector(SCROLLED[i])?.scrollTo(0, top));
  }
  const plot = part.querySelector?.('#plot');
  if (plot) {
    showPlot(plot);
  }
});
