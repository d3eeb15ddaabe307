// A visitor of the example's real server: keeps cookies, fills in forms.
export class Shop {
	#base;
	#cookies = new Map();

	constructor(port) {
		this.#base = `http://127.0.0.1:${port}`;
	}

	async waitUntilUp(milliseconds = 60_000, path = '/api/v1/ping/') {
		for (const end = Date.now() + milliseconds; ; ) {
			try {
				return await this.get(path);
			} catch (error) {
				if (Date.now() > end) throw new Error(`the server at ${this.#base} does not answer`, { cause: error });
				await new Promise((done) => setTimeout(done, 250));
			}
		}
	}

	async #send(path, init = {}) {
		const headers = { ...init.headers, Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
		const response = await fetch(this.#base + path, { redirect: 'manual', ...init, headers });
		for (const cookie of response.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
			if (name) this.#cookies.set(name, value);
		}
		return { status: response.status, text: await response.text() };
	}

	get(path) {
		return this.#send(path);
	}

	/** Posts a form, with the CSRF token of the page that holds it. */
	async post(path, fields, page = path) {
		const { text } = await this.get(page);
		const token = /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(text)?.[1] ?? '';
		return this.#send(path, { method: 'POST', body: new URLSearchParams({ csrfmiddlewaretoken: token, ...fields }) });
	}

	/** A post without a token: CSRF refuses it. */
	postBlindly(path, fields) {
		return this.#send(path, { method: 'POST', body: new URLSearchParams(fields) });
	}

	/** Some of everything. The page of the pictures and the refused POST come last, so they stand at the top. */
	async browse() {
		for (const path of ['/', '/search/?q=moss', '/api/v1/books/', '/reports/royalties/', '/nowhere/']) await this.get(path);
		await this.post('/accounts/login/', { username: 'reader', password: 'reader' });
		await this.postBlindly('/accounts/login/', { username: 'reader', password: 'reader' });
		await this.get('/books/');
	}
}
