// Instants in the reader's time zone, in UTC on hover.
const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }); // costs more than it formats

function show(part) {
  for (const time of part.querySelectorAll('time[datetime*="T"]')) {
    const instant = new Date(time.dateTime);
    time.title = instant.toISOString();
    time.textContent = local.format(instant);
  }
}

show(document);
document.addEventListener('htmx:load', (event) => show(event.detail.elt));
