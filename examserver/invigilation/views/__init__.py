"""The pages and the HTTP addresses of invigilation, one module a noun."""
