// Instants in the reader's time zone, in UTC on hover.
for (const time of document.querySelectorAll('time[datetime*="T"]')) {
  const instant = new Date(time.dateTime);
  time.title = instant.toISOString();
  time.textContent = instant.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
}
