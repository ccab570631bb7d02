# Sourced by scripts/test, scripts/check and scripts/start: Node and the npm packages.

if ! command -v node > /dev/null; then
  echo "Node.js 20.11 or later is needed: install it, then run this again." >&2
  exit 1
fi

if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 11) ? 0 : 1)'; then
  echo "Node.js 20.11 or later is needed; this is $(node --version)." >&2
  exit 1
fi

if ! node scripts/local/stale_modules.mjs; then
  echo "installing the npm packages" >&2
  npm ci --no-progress --loglevel=error >&2 || {
    echo "npm ci failed: see its messages above, then run this again." >&2
    exit 1
  }
fi
