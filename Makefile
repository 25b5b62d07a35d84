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
# Cognitive complexity that a function may have, and where it is measured (tests are not).
COGNIT      ?= 30
COGNIT_DIRS := $(wildcard *.go) cmd internal

.PHONY: build test check cognit fuzz score bench golden release kb models setup

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
	$(MAKE) --no-print-directory cognit
	$(GO) run ./cmd/letopis check data

# No function is more tangled than COGNIT allows, but those of tools/cognit.exempt.
cognit:
	@over=$$($(TOOL) gocognit -over $(COGNIT) -ignore '_test\.go$$' $(COGNIT_DIRS)); code=$$?; \
	if [ $$code -gt 1 ] || { [ $$code = 1 ] && [ -z "$$over" ]; }; then echo 'make cognit: gocognit did not run' >&2; exit 1; fi; \
	echo "$$over" | awk -v most=$(COGNIT) ' \
	  FNR == NR { if ($$0 !~ /^(#|$$)/) { split($$0, a, ": "); exempt[a[1]] = a[2] } next } \
	  NF == 4 { dir = $$4; if (!sub(/\/[^\/]*$$/, "", dir)) dir = "."; is = dir " " $$3; over[is] = 1; \
	    if (exempt[is] == "") { print $$4 ": " $$3 " has a cognitive complexity of " $$1 ", more than " most; bad = 1 } } \
	  END { for (is in exempt) if (!(is in over)) { print "tools/cognit.exempt: " is " is not over " most " any more; take its line out"; bad = 1 } exit bad }' \
	  tools/cognit.exempt - >&2

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

# Compiles the tables of data/kb; to be run when one has changed.
kb:
	$(GO) run ./cmd/letopis-lab kb

# Trains every model of data/lang from the data sets of SHARED and writes the cards
# (MODEL.json); models/README.md says what they are.
models:
	@test -d $(SHARED)/data || { echo 'make models: no $(SHARED)/data; set SHARED' >&2; exit 1; }
	$(GO) run ./cmd/letopis-lab train --shared $(SHARED)
	$(GO) run ./cmd/letopis-lab train code --shared $(SHARED)
	$(GO) run ./cmd/letopis-lab train events --gold $(SHARED)/gold/dev,$(SHARED)/gold/news,$(SHARED)/gold/train
	$(GO) run ./cmd/letopis-lab train statements --shared $(SHARED)
