// Instants in the reader's time zone, in UTC on hover.
function show(part) {
  for (const time of part.querySelectorAll('time[datetime*="T"]')) {
    const instant = new Date(time.dateTime);
    time.title = instant.toISOString();
    time.textContent = instant.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  }
}

show(document);
document.addEventListener('htmx:load', (event) => show(event.detail.elt));
