// What is drawn again by itself stays scrolled as it was.
const scrolled = new WeakMap();

document.body.addEventListener('htmx:beforeSwap', (event) => {
  const parts = [...event.detail.target.querySelectorAll('.scroll')];
  scrolled.set(event.detail.target, parts.map((part) => part.scrollLeft));
});

document.body.addEventListener('htmx:afterSwap', (event) => {
  const lefts = scrolled.get(event.detail.target) ?? [];
  event.detail.target.querySelectorAll('.scroll').forEach((part, index) => {
    part.scrollLeft = lefts[index] ?? 0;
  });
});
