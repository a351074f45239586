@echo off
rem Installs plankb without a network: install.bat [DIR]. Every package is checked against its hash.
rem Words are in English: the code page of this window is not known.
setlocal
set "HERE=%~dp0"
set "TARGET=%~1"
if "%TARGET%"=="" set "TARGET=%LOCALAPPDATA%\plankb-program"
set "FOUND="
for %%V in (3.13 3.12 3.11) do if not defined FOUND call :try %%V
if not defined FOUND (
  echo No Python of the version of these wheels was found. 1>&2
  exit /b 2
)
if exist "%TARGET%" if not exist "%TARGET%\Scripts\plankb.exe" (
  echo The folder is there already and was left as it is: "%TARGET%" 1>&2
  exit /b 2
)
py -%FOUND% -m venv "%TARGET%" || exit /b 2
"%TARGET%\Scripts\python.exe" -m pip --disable-pip-version-check --isolated install --quiet --no-index --find-links "%HERE%wheels" --require-hashes --requirement "%HERE%requirements.txt" || exit /b 2
"%TARGET%\Scripts\plankb.exe" --version || exit /b 2
echo Installed: "%TARGET%\Scripts\plankb.exe"
exit /b 0
:try
set "V=%1"
set "TAG=cp%V:.=%"
py -%V% -c "pass" >nul 2>nul || exit /b 0
if exist "%HERE%wheels\*-%TAG%-*.whl" set "FOUND=%V%"
exit /b 0
