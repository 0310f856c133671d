// Buttons that copy what is shown. Without a script there are none: it can be marked and copied by hand.
for (const button of document.querySelectorAll('[data-copies]')) {
  const shown = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener('click', async () => {
    const range = document.createRange();
    range.selectNodeContents(shown);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    // the clipboard is there over TLS and on this machine alone
    const copied = navigator.clipboard
      ? await navigator.clipboard.writeText(shown.textContent).then(() => true, () => false)
      : document.execCommand('copy');
    button.textContent = copied ? 'Copied' : 'Marked: press Ctrl+C';
  });
}
