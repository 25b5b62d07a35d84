# letopis. `make test` passes on a bare Debian machine that has Go and make.

GO       ?= go
SHARED   ?= ../shared
FUZZTIME ?= 10s
PLATFORMS := linux/amd64 linux/arm64 darwin/arm64 windows/amd64
# Synthetic records to measure the chronicle with; a million take about half an hour.
RECORDS  ?= 20000
# Debian packages the tests use.
DEBIAN   := git postgresql

export CGO_ENABLED = 0
LDFLAGS  := -s -w
TOOL     := $(GO) tool -modfile=tools/go.mod

.PHONY: build test check fuzz score bench golden release models setup

build:
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/ ./cmd/...

test: setup check
	LETOPIS_PG=must $(GO) test ./...

# setup names what is missing and installs it where it can.
setup:
	@command -v $(GO) >/dev/null || { echo 'make: Go 1.26 or later is needed: https://go.dev/dl/' >&2; exit 1; }
	@$(GO) version
	@missing=''; for p in $(DEBIAN); do \
	  command -v dpkg-query >/dev/null && dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || command -v $$p >/dev/null || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { echo "make: please install:$$missing" >&2; exit 1; }; \
	  sudo=''; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing; \
	fi

check:
	@files=$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go')); \
	if [ -n "$$files" ]; then echo "gofmt is needed on:" >&2; echo "$$files" >&2; exit 1; fi
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	$(GO) run ./cmd/letopis check data

# Every fuzz target of every package for FUZZTIME each.
fuzz:
	@set -e; for p in $$($(GO) list ./...); do \
	  for f in $$($(GO) test -list '^Fuzz' $$p | grep '^Fuzz' || true); do \
	    echo "== $$p $$f"; $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) $$p; \
	  done; \
	done

# Reads the gold articles of SHARED, prints the figures and writes them: corpus/scores.tsv,
# docs/accuracy.md, data/lang/und/confidence.tsv. About a minute.
score: build
	@test -d $(SHARED)/gold || { echo 'make score: no $(SHARED)/gold; set SHARED' >&2; exit 1; }
	bin/letopis-lab score --all --shared $(SHARED) --write

# Speed, memory and start-up of the program; for the parts: go test -bench . -benchmem -count 6 ./...
bench: build
	bin/letopis-lab bench --shared $(SHARED) --write
	bin/letopis-lab bench --records $(RECORDS)

# Rewrites the golden files of the packages that have an -update flag; read the diff.
golden:
	@set -e; for d in $$(grep -rlE 'flag\.Bool\("update"' --include '*_test.go' cmd internal | xargs -r -n1 dirname | sort -u); do \
	  $(GO) test ./$$d -update; \
	done
	git diff --stat

# The same bytes on every machine: no path, no time, no cgo.
release:
	@set -e; mkdir -p dist; for p in $(PLATFORMS); do \
	  os=$${p%/*}; arch=$${p#*/}; ext=''; [ $$os = windows ] && ext=.exe; \
	  echo "dist/letopis-$$os-$$arch$$ext"; \
	  GOOS=$$os GOARCH=$$arch $(GO) build -trimpath -buildvcs=false -ldflags '$(LDFLAGS) -buildid=' -o dist/letopis-$$os-$$arch$$ext ./cmd/letopis; \
	done
	cd dist && sha256sum letopis-* > SHA256SUMS && cat SHA256SUMS

# Trains every model of data/lang from the data sets of SHARED and writes the cards
# (MODEL.json); models/README.md says what they are.
models:
	@test -d $(SHARED)/data || { echo 'make models: no $(SHARED)/data; set SHARED' >&2; exit 1; }
	$(GO) run ./cmd/letopis-lab train --shared $(SHARED)
	$(GO) run ./cmd/letopis-lab train code --shared $(SHARED)
	$(GO) run ./cmd/letopis-lab train events --gold $(SHARED)/gold/dev
	$(GO) run ./cmd/letopis-lab train statements --shared $(SHARED)
