# Thin on purpose: every target is one script, which also runs without make.
# Folders are passed on as they are; quote them: make site INCOMING="收件 2024" …
PYTHON ?= python3
VENV = .venv/bin/python
INCOMING ?=
REPORTS ?=
SITE ?=
OUT ?=
FORCE ?=

.DEFAULT_GOAL := help
.PHONY: help demo site serve check release verify test lint lock licences audit clean

help:  ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo:  ## 用自带的示例（虚构单位）建一个示例网站，放在 site/
	@$(PYTHON) scripts/publish.py --demo $(if $(SITE),--site "$(SITE)")

site:  ## 自己的档案：make site INCOMING=收件 REPORTS=报告 SITE=网站
	@$(PYTHON) scripts/publish.py $(if $(INCOMING),--incoming "$(INCOMING)") $(if $(REPORTS),--reports "$(REPORTS)") $(if $(SITE),--site "$(SITE)") $(if $(FORCE),--force)

serve:  ## 在本机预览，报告一改网页自动更新：make serve REPORTS=报告
	@$(PYTHON) scripts/serve.py $(if $(REPORTS),--reports "$(REPORTS)")

check:  ## 检查报告是否合乎规格：make check REPORTS=报告
	@$(PYTHON) scripts/check.py $(if $(REPORTS),"$(REPORTS)")

release:  ## 发布：只收已复核的报告，检查、建站、算校验值、打包：make release REPORTS=报告 OUT=发布
	@$(PYTHON) scripts/release.py $(if $(REPORTS),--reports "$(REPORTS)") $(if $(OUT),--out "$(OUT)")

verify:  ## 核对报告：转换后改过没有、出自哪里、和发布时一样不一样：make verify REPORTS=报告 INCOMING=收件
	@$(PYTHON) scripts/verify.py $(if $(REPORTS),"$(REPORTS)") $(if $(INCOMING),--incoming "$(INCOMING)")

test:  ## 准备测试所需（含浏览器）并运行全部测试
	@$(PYTHON) scripts/bootstrap.py --test >/dev/null
	@CHROMIUM="$$($(PYTHON) scripts/browser.py)" && export CHROMIUM && $(VENV) -m pytest $(ARGS)

lint:  ## 查代码格式与类型
	@$(PYTHON) scripts/bootstrap.py --test >/dev/null
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check --quiet .
	$(VENV) -m mypy

lock:  ## 依 pyproject.toml 重新锁定依赖的版本与校验值
	@$(PYTHON) scripts/bootstrap.py --test >/dev/null
	$(VENV) -m pip install --quiet uv
	$(VENV) -m uv pip compile $(LOCK) pyproject.toml -o requirements.lock
	$(VENV) -m uv pip compile $(LOCK) --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

licences:  ## 依锁定文件和已装的软件包重写 LICENCES.md（make lock 之后）
	@$(PYTHON) scripts/bootstrap.py --test >/dev/null
	@$(VENV) scripts/make_licences.py LICENCES.md

audit:  ## 查锁定的软件包有没有已公布的漏洞（要能上网）
	@$(PYTHON) scripts/bootstrap.py --test >/dev/null
	@$(PYTHON) -m venv .cache/audit
	@.cache/audit/bin/python -m pip install --quiet "pip-audit>=2.9,<3"
	@.cache/audit/bin/pip-audit --disable-pip --require-hashes --strict -r requirements.lock -r requirements-test.lock

LOCK = --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean:  ## 删去可以重新生成的文件（网站、缓存、运行环境）；不动报告
	rm -rf site .cache .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
