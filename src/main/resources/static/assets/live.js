// A page that nobody sees has no stream: browsers allow few connections to one server.
class SeenEventSource extends EventTarget {
  constructor(url) {
    super();
    this.url = url;
    this.names = new Set();
    this.closed = false;
    this.onVisibility = () => (document.hidden ? this.leave() : this.enter());
    document.addEventListener('visibilitychange', this.onVisibility);
    this.onVisibility();
  }

  get readyState() {
    return this.closed ? EventSource.CLOSED : (this.source?.readyState ?? EventSource.CONNECTING);
  }

  enter() {
    if (this.source || this.closed) {
      return;
    }
    this.source = new EventSource(this.url);
    this.source.onopen = (event) => this.onopen?.(event);
    this.source.onerror = (event) => this.failed(event);
    this.names.forEach((name) => this.relay(name));
    if (this.left) {
      this.dispatchEvent(new MessageEvent('beat')); // it may have changed meanwhile
    }
  }

  failed(event) {
    if (this.source.readyState === EventSource.CLOSED) {
      this.close(); // the extension makes a new one
    }
    this.onerror?.(event);
  }

  leave() {
    this.source?.close();
    this.source = undefined;
    this.left = true;
  }

  relay(name) {
    this.source.addEventListener(name, (event) => {
      this.dispatchEvent(new MessageEvent(name, { data: event.data }));
    });
  }

  addEventListener(name, listener) {
    super.addEventListener(name, listener);
    if (!this.names.has(name)) {
      this.names.add(name);
      if (this.source) {
        this.relay(name);
      }
    }
  }

  close() {
    this.closed = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.source?.close();
  }
}

htmx.createEventSource = (url) => new SeenEventSource(url);

// What is drawn as before stays as it is, with what somebody marked or opened in it.
const last = new Map();
document.addEventListener('htmx:beforeSwap', (event) => {
  const part = event.detail.target;
  if (!part.getAttribute('hx-trigger')?.includes('sse:')) {
    return;
  }
  const path = event.detail.pathInfo.requestPath;
  if (last.get(path) === event.detail.serverResponse) {
    event.detail.shouldSwap = false;
  }
  last.set(path, event.detail.serverResponse);
});
